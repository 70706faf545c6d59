/** Firefox as people have it, which speaks WebDriver BiDi by itself. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BidiSession, BidiTab } from './bidi.ts'
import type { BrowserKind, Running } from './browser.ts'
import { findProgram, Program } from './programs.ts'

const program = process.env.FIREFOX_PATH ?? findProgram('firefox-esr', 'firefox')

async function start(): Promise<Running> {
  const profile = await mkdtemp(join(tmpdir(), 'porchlight-firefox-'))
  const firefox = Program.start(program ?? '', ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'])
  const stop = async () => {
    await firefox.stop()
    await rm(profile, { recursive: true, force: true })
  }
  try {
    const session = await BidiSession.open(await firefox.says(/WebDriver BiDi listening on (ws:\S+)/))
    return { name: `Firefox ${session.version}`, tab: await BidiTab.open(session), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

export const firefox: BrowserKind = { name: 'Firefox', missing: program ? [] : ['firefox-esr'], start }
