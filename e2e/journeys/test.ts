/** The journeys' `test`: a server of its own for each, a visitor and an agent who share nothing, and no error on any page. */
import { test as base, type Page } from '@playwright/test'
import { ServerProcess } from '../server.ts'
import { Agent, Visitor } from './people.ts'

export { expect } from '@playwright/test'

export interface Cast {
  server: ServerProcess
  visitor: Visitor
  agent: Agent
}

/** Fails the test when a page throws. A refused connection is no error of the page. */
function noErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.stack ?? error.message}`))
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
  visitor: async ({ browser, errors }, use) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    noErrors(page, errors)
    await use(new Visitor(page))
    await context.close()
  },
  agent: async ({ browser, errors }, use) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } })
    const page = await context.newPage()
    noErrors(page, errors)
    await use(new Agent(page))
    await context.close()
  },
})
