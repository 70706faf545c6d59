/** WebKit in the plainest of its browsers, driven by its own WebDriver, on a screen that nobody sees. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../server.ts'
import type { BrowserKind, Running } from './browser.ts'
import { findProgram, Program } from './programs.ts'
import { WebDriverSession, WebDriverTab } from './web-driver.ts'

const driver = findProgram('WebKitWebDriver')
const browser = findProgram(
  '/usr/lib/*/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/*/webkitgtk-6.0/MiniBrowser',
  '/usr/libexec/webkit*/MiniBrowser',
)
const screen = findProgram('Xvfb')

const READY_WITHIN_MS = 20_000

async function start(): Promise<Running> {
  const home = await mkdtemp(join(tmpdir(), 'porchlight-webkit-'))
  const display = Program.start(screen ?? '', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'])
  const started = [display]
  const stop = async () => {
    for (const program of started.reverse()) await program.stop()
    await rm(home, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    const environment = { HOME: home, DISPLAY: `:${await display.says(/^(\d+)\s/m)}`, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' }
    started.push(Program.start(driver ?? '', [`--port=${port}`, '--host=127.0.0.1'], environment))
    const session = await openSession(`http://127.0.0.1:${port}`)
    const tab = new WebDriverTab(session, session.current)
    const ended = () => session.close().finally(stop)
    return { name: `WebKitGTK ${session.version}`, tab, stop: ended }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openSession(url: string): Promise<WebDriverSession> {
  for (const begun = Date.now(); Date.now() - begun < READY_WITHIN_MS; await setTimeout(100)) {
    const status = await fetch(`${url}/status`).catch(() => null)
    if (status?.ok) break
  }
  return WebDriverSession.open(url, {
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
  })
}

const missing = [...(driver && browser ? [] : ['webkit2gtk-driver']), ...(screen ? [] : ['xvfb'])]

export const webkit: BrowserKind = { name: 'WebKit', missing, start }
