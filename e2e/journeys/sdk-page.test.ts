/** The demo's chat page on the SDK alone, by the names that everyone reads: what a developer would copy must work. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Agent } from './people.ts'
import { expect, test } from './test.ts'

const log = (page: Page) => page.getByRole('log', { name: 'Messages' })
const status = (page: Page) => page.getByRole('status')

async function say(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(words)
  await page.getByRole('button', { name: 'Send' }).click()
}

async function converse(page: Page, agent: Agent, server: { url: string }): Promise<void> {
  await page.goto(`${server.url}/demo/sdk/`)
  await say(page, 'Does the harbour lantern come in green?')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('It does, from next week on.')
  await expect(log(page)).toContainText('It does, from next week on.')
}

test('a question and its answer, with sneak peek, typing and a reload', async ({ visitor: { page }, agent, server }) => {
  await converse(page, agent, server)
  await page.getByRole('textbox', { name: 'Message' }).pressSequentially('How mu')
  await expect(agent.page.getByText('How mu')).toBeVisible()
  await agent.box.pressSequentially('Would')
  await expect(page.getByText('Robin is writing …')).toBeVisible()
  await page.reload()
  await expect(log(page).locator('.message')).toHaveText([/harbour lantern/, /next week/])
})

test('what is written offline is sent once, in order, when the network is back', async ({ visitor: { page }, agent, server }) => {
  await converse(page, agent, server)
  await page.context().setOffline(true)
  await expect(status(page)).toContainText('Offline')
  for (const words of ['One', 'Two', 'Three']) await say(page, words)
  await expect(log(page).getByText('sending …')).toHaveCount(3)
  await page.context().setOffline(false)
  await expect(log(page).getByText('sending …')).toHaveCount(0)
  await expect(status(page)).toHaveText('We are here')
  await expect(agent.log).toContainText(/One.*Two.*Three/s)
  expect((await agent.log.textContent())?.match(/Two/g)).toHaveLength(1)
})

test('the chat ends, and goes on with the next question', async ({ visitor: { page }, agent, server }) => {
  await converse(page, agent, server)
  await page.getByRole('button', { name: 'End chat' }).click()
  await expect(log(page)).toContainText('This chat has ended')
  await expect(page.getByRole('button', { name: 'End chat' })).toBeHidden()
  await say(page, 'One more thing')
  await expect(agent.log).toContainText('One more thing')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ visitor: { page }, agent, server }) => {
    await page.emulateMedia({ colorScheme })
    await converse(page, agent, server)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })
}
