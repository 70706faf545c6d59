/** What the journeys of rich chats share: where they begin, and how a message is found and something done with it. */
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { ServerProcess } from '../server.ts'
import { vouchFor } from '../vouching.ts'
import { type Agent, expectStored, type Visitor } from './people.ts'

/** Ada, whom the host knows, asks; Robin answers. */
export async function begin(server: ServerProcess, visitor: Visitor, agent: Agent): Promise<void> {
  await visitor.visit(server.url)
  await identify(server, visitor, 'Ada Lovelace')
  await visitor.openChat()
  await visitor.say('Is it in stock?')
  await expectStored(visitor.log)
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('It is, in green')
  await expect(visitor.log).toContainText('It is, in green')
  // With what can be done with a message all else is there too.
  await expect(menuButton(message(visitor.log, 'It is, in green'))).toBeAttached()
}

async function identify(server: ServerProcess, { page }: Visitor, name: string): Promise<void> {
  const token = (await vouchFor(server))(name.toLowerCase().replace(' ', '-'), name)
  await page.evaluate(
    (token) => (globalThis as unknown as { Porchlight: { identify(token: string): unknown } }).Porchlight.identify(token),
    token,
  )
}

/** The one that says this itself, and not in a quote. */
export const message = (log: Locator, text: string) =>
  log.getByRole('article').filter({ has: log.page().locator('.bubble p', { hasText: text }) })
export const menuButton = (of: Locator) => of.getByRole('button', { name: 'Message actions' })

/** By the pointer. */
export async function choose(page: Page, of: Locator, deed: string): Promise<void> {
  await of.hover()
  await menuButton(of).click()
  await page.getByRole('menuitem', { name: deed, exact: true }).click()
}
