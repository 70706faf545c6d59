/** `npm run test:browsers`: a visitor's steps in the browsers that the other tests do not use, and what could not be done there. */
import { AnsweringAgent } from '../answering.ts'
import { chatAt, page, SCRIPTS, type Script } from '../hosts/host-page.ts'
import { HostServer } from '../hosts/host-server.ts'
import { STEPS, type Walk } from '../hosts/steps.ts'
import { ServerProcess } from '../server.ts'
import type { BrowserKind, Running } from './browser.ts'
import { DrivenTab, type Line } from './driven-tab.ts'
import { firefox } from './firefox.ts'
import { webkit } from './webkit.ts'

/** Walks of one address, one after the other. */
const environment = { PORCHLIGHT_RATE_FACTOR: '100' }

/** Where the browser cannot be cut from its network, it is the server that goes. */
const lineOf =
  ({ tab }: Running, server: ServerProcess): Line =>
  async (offline) => {
    if (tab.setOffline) await tab.setOffline(offline)
    else await (offline ? server.pause() : server.start())
  }

const total = { browsers: 0, passed: 0, failed: 0 }

const fail = (what: string, error: unknown) => {
  total.failed++
  console.log(`  ✗ ${what}: ${error instanceof Error ? error.message : error}`)
}

/** Says of each step whether it went well; the first that did not ends the walk. */
async function walkIn(walk: Walk): Promise<void> {
  for (const [name, step] of Object.entries(STEPS)) {
    try {
      await step(walk)
    } catch (error) {
      return fail(name, error)
    }
    total.passed++
    console.log(`  ✓ ${name}`)
  }
}

async function visit(running: Running, script: Script): Promise<void> {
  const server = await ServerProcess.start({ environment })
  const site = await HostServer.serve({ html: page(chatAt(server.url, script).tag) })
  const tab = new DrivenTab(running.tab, site.url, lineOf(running, server))
  try {
    await tab.goto()
    await walkIn({ tab, agent: await AnsweringAgent.signIn(server), text: `In ${running.name} by ${script}`, remembers: true })
  } finally {
    await site.close()
    await server.stop()
  }
}

async function runIn(kind: BrowserKind, script: Script): Promise<void> {
  const running = await kind.start()
  try {
    console.log(`${running.name}, ${script}`)
    await visit(running, script)
    if (!running.tab.setOffline) console.log(NO_SWITCH)
  } finally {
    await running.stop()
  }
}

const NO_SWITCH = '  – a network that the browser knows to be gone: WebDriver cannot cut it; the server went away instead'
const LEFT_OUT = `Left out in all of them: what the page writes to its console, how the page is before and after, pages with policies and libraries of
their own, touch, and what assistive technology is told. The other tests see to these in Chromium.`

for (const kind of [firefox, webkit]) {
  if (kind.missing.length > 0) {
    console.log(`${kind.name} is left out: it is not on this machine; \`apt-get install ${kind.missing.join(' ')}\` brings it`)
    continue
  }
  total.browsers++
  for (const script of SCRIPTS) await runIn(kind, script).catch((error) => fail(`${kind.name}, ${script}`, error))
}
if (total.browsers > 0) console.log(LEFT_OUT)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.browsers > 0 && total.failed === 0 ? 0 : 1
