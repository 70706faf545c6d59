/** A program that is done with the SDK ends by itself: nothing of ours keeps a process alive. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../testing/server.ts'

let server: RunningServer
/** Takes connections and never says a word. */
let mute: Server

beforeAll(async () => {
  server = await startServer()
  mute = createServer().listen(0, '127.0.0.1')
  await once(mute, 'listening')
})
afterAll(async () => {
  await server.stop()
  mute.close()
})

const DOOR = fileURLToPath(new URL('./index.ts', import.meta.url))

/** Runs a program with an `sdk` of the server at that address, and tells how long it lived on after it was done, in ms. */
async function afterlife(url: string, program: string, client = 'app'): Promise<number> {
  const code = `
    const { init } = await import(${JSON.stringify(`file://${DOOR}`)})
    const sdk = init({ license: 1, clientId: ${JSON.stringify(client)}, server: ${JSON.stringify(url)} })
    const heard = (name) => new Promise((resolve) => sdk.on(name, resolve))
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    ${program}
    console.log('done')`
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  expect(String(said)).toBe('done\n')
  const done = performance.now()
  const [status] = (await once(child, 'exit')) as [number | null]
  expect(status).toBe(0)
  return performance.now() - done
}

/** No timer of ours is as short as this, and a machine under load is no slower. */
const PROMPT_MS = 1_500

it.each(['destroy', 'disconnect'])('after %s with all that it has begun', async (end) => {
  const program = `
    await heard('connected')
    const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'Hi' }] })
    sdk.setSneakPeek(id, 'and')
    await sdk.updateLastSeenTimestamp(id)
    sdk.${end}()`
  expect(await afterlife(server.url, program)).toBeLessThan(PROMPT_MS)
})

it.each(['destroy', 'disconnect'])('after %s while a server does not answer', async (end) => {
  const { port } = mute.address() as { port: number }
  const program = `await pause(100); sdk.startChat().catch(() => {}); sdk.${end}()`
  expect(await afterlife(`http://127.0.0.1:${port}`, program)).toBeLessThan(PROMPT_MS)
})

it('after a final refusal, which is the reason of what waited', async () => {
  const program = `
    const code = await sdk.startChat().catch((error) => error.code)
    if (code !== 'LICENSE_NOT_FOUND') throw new Error(code)`
  expect(await afterlife(server.url, program, 'nobody')).toBeLessThan(PROMPT_MS)
})

it('but not while it waits to come back', async () => {
  const nobody = createServer().listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const { port } = nobody.address() as { port: number }
  nobody.close()
  const program = 'await pause(200); setTimeout(sdk.destroy, 2_000).unref()'
  expect(await afterlife(`http://127.0.0.1:${port}`, program)).toBeGreaterThan(1_900)
})
