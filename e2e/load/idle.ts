/** What a visitor costs who is connected and says nothing, beside a socket of the bare echo. */
import { setTimeout } from 'node:timers/promises'
import type { ServerProcess } from '../server.ts'
import { collectGarbage } from './collect.ts'
import { startEcho } from './echo-process.ts'
import { cpuSeconds, residentBytes } from './process.ts'
import { Talker } from './talker.ts'
import { gather } from './visitors.ts'

const WARM = 1000
const IDLE = 4000

/** Some at a time, so that none waits for its handshake. */
async function gatherBare(port: number, count: number): Promise<void> {
  for (let at = 0; at < count; at += 100)
    await Promise.all(Array.from({ length: 100 }, () => Talker.open(`ws://127.0.0.1:${port}`, {}, '127.0.0.1')))
}

/** What each of many more costs, once the caches and the compiled code that a server has anyway are there. */
async function memoryEach(pid: number, said: () => string, join: (count: number) => Promise<unknown>): Promise<number> {
  const rest = async () => {
    await setTimeout(2000)
    await collectGarbage(said())
    await setTimeout(1000)
  }
  await join(WARM)
  await rest()
  const before = residentBytes(pid)
  await join(IDLE)
  await rest()
  return (residentBytes(pid) - before) / IDLE / 1000
}

export async function measureIdle(server: ServerProcess): Promise<void> {
  const visitors = await memoryEach(
    server.pid,
    () => server.said,
    (count) => gather(server.url, count, false, 200),
  )
  const started = cpuSeconds(server.pid)
  await setTimeout(20_000)
  const share = ((cpuSeconds(server.pid) - started) / 20) * 100
  const echo = await startEcho('--inspect=127.0.0.1:0')
  const bare = await memoryEach(
    echo.pid,
    () => echo.said,
    (count) => gatherBare(echo.port, count),
  )
  echo.child.kill()
  console.log(`\n${IDLE} idle visitors: ${visitors.toFixed(1)} kB each, and ${share.toFixed(1)} % of a core for all`)
  console.log(`${IDLE} sockets of the bare echo: ${bare.toFixed(1)} kB each; ratio ${(visitors / bare).toFixed(2)}`)
}
