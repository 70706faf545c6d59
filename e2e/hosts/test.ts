/** The host pages' `test`: one server and one agent for many pages, and the whole walk of a visitor over one page, with us and without. */
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { AnsweringAgent } from '../answering.ts'
import { ServerProcess } from '../server.ts'
import { ChatOn } from './chat-on.ts'
import { complaintsOf } from './complaints.ts'
import { chatAt, type HostPage, type Make, type Script } from './host-page.ts'
import { HostServer } from './host-server.ts'
import { signsOf, useHost } from './signs.ts'
import { walk } from './steps.ts'

export { expect } from '@playwright/test'

/** A visitor who has just come to a page, in a browser of their own. */
export interface Visit {
  readonly page: Page
  readonly host: HostPage
  readonly chat: ChatOn
  readonly complaints: readonly string[]
}

interface VisitOptions {
  readonly script?: Script
  /** More of the script tag. */
  readonly attributes?: string
  /** The page as it is without us: our script is there, and empty. */
  readonly without?: boolean
}

/** A worker's server hears each once. */
let questions = 0

interface ForTest {
  /** All of one test see the same site. */
  visit(make: Make, options?: VisitOptions): Promise<Visit>
  /** The steps on one page, which before and after them is as it is without us; what else is asked of the page comes after. */
  stand(make: Make, options?: VisitOptions): Promise<Visit>
}

interface ForAll {
  server: ServerProcess
  agent: AnsweringAgent
}

/** Walks are many and come from one address; a visitor's are few. */
const environment = { PORCHLIGHT_RATE_FACTOR: '100' }

export const test = base.extend<ForTest & { sites: Map<Make, HostServer> }, ForAll>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await ServerProcess.start({ environment })
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  agent: [async ({ server }, use) => use(await AnsweringAgent.signIn(server)), { scope: 'worker' }],
  sites: async ({ browserName: _ }, use) => {
    const sites = new Map<Make, HostServer>()
    await use(sites)
    for (const site of sites.values()) await site.close()
  },
  visit: async ({ browser, server, sites }, use) => {
    const visits: Visit[] = []
    await use(async (make, { script = 'widget.js', attributes, without } = {}) => {
      const host = make(chatAt(server.url, script, attributes))
      const site = sites.get(make) ?? (await HostServer.serve(host))
      sites.set(make, site)
      const visit = await arrive(browser, host, without)
      visits.push(visit)
      await visit.page.goto(site.url)
      return visit
    })
    for (const { page } of visits) await page.context().close()
  },
  stand: async ({ visit, agent }, use) => {
    await use(async (make, options = {}) => {
      const bare = await visit(make, { ...options, without: true })
      const signs = await useAndRead(bare.page)
      const visited = await visit(make, options)
      const { page, host, chat, complaints } = visited
      await expect(chat.launcher).toBeVisible()
      expect(await useAndRead(page)).toEqual(signs)
      await walk({ tab: chat, agent, text: `Q${++questions}`, remembers: host.remembers !== false })
      expect(await useAndRead(page)).toEqual(signs)
      // Each load repeats its own.
      expect(new Set(complaints)).toEqual(new Set(bare.complaints))
      return visited
    })
  },
})

async function arrive(browser: Browser, host: HostPage, without = false): Promise<Visit> {
  const context = await browser.newContext(host.browser)
  if (without) await context.route(/\/(widget|loader)\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  const complaints = await complaintsOf(context)
  const page = await context.newPage()
  return { page, host, chat: new ChatOn(page, host), complaints }
}

async function useAndRead(page: Page): Promise<Record<string, unknown>> {
  await useHost(page)
  return signsOf(page)
}

/** Each page stands, under its name. */
export function rows(pages: Readonly<Record<string, Make>>, scripts: readonly Script[] = ['widget.js']): void {
  for (const [name, make] of Object.entries(pages)) {
    for (const script of scripts) test(`${name}, ${script}`, async ({ stand }) => void (await stand(make, { script })))
  }
}
