/** The journeys' `test`: a server of its own for each, a visitor and an agent who share nothing, and no error on any page. */
import { type BrowserContext, test as base } from '@playwright/test'
import { BackEnd } from '../back-end.ts'
import { ServerProcess } from '../server.ts'
import { Agent, ChatPageVisitor, Visitor } from './people.ts'

export { expect } from '@playwright/test'

export interface Cast {
  server: ServerProcess
  /** A shop on an origin of its own, whose back end vouches for whom it knows. */
  shop: BackEnd
  visitor: Visitor
  /** Another one, on the page that is a chat on the SDK alone. */
  customer: ChatPageVisitor
  agent: Agent
}

/** Fails the test when a page throws, in whatever tab. A refused connection is no error of the page. */
function noErrors(context: BrowserContext, errors: string[]): BrowserContext {
  return context.on('page', (page) => {
    page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.stack ?? error.message}`))
  })
}

export const test = base.extend<Cast & { errors: string[] }>({
  errors: async ({ browserName: _ }, use) => {
    const errors: string[] = []
    await use(errors)
    if (errors.length > 0) throw new Error(`pages threw:\n${errors.join('\n')}`)
  },
  server: async ({ browserName: _ }, use) => {
    const server = await ServerProcess.start()
    await use(server)
    await server.stop()
  },
  shop: async ({ server }, use) => {
    const shop = await BackEnd.start(server)
    await use(shop)
    await shop.stop()
  },
  visitor: async ({ browser, errors }, use) => {
    const context = noErrors(await browser.newContext(), errors)
    await use(new Visitor(await context.newPage()))
    await context.close()
  },
  customer: async ({ browser, errors }, use) => {
    const context = noErrors(await browser.newContext(), errors)
    await use(new ChatPageVisitor(await context.newPage()))
    await context.close()
  },
  agent: async ({ browser, errors }, use) => {
    const context = noErrors(await browser.newContext({ viewport: { width: 1360, height: 860 } }), errors)
    await use(new Agent(await context.newPage()))
    await context.close()
  },
})
