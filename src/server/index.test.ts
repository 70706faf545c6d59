/** A server's life: it opens, refuses to share its folder, ends well, and finds everything again. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { customerAction, errorOf, SHOP, startServer, TOKEN_PATH, visitorKey } from '../testing/server.ts'
import { createServer } from './index.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'porchlight-life-'))

test('a data directory has one server at a time', async () => {
  const data = folder()
  const first = await createServer({ data, port: 0 })
  await expect(createServer({ data, port: 0 })).rejects.toThrow(/another/)
  await first.close()
  const second = await createServer({ data, port: 0 })
  await second.close()
  rmSync(data, { recursive: true })
})

test('what was made is there after the end and a new beginning', async () => {
  const data = folder()
  const first = await createServer({ data, port: 0 })
  await first.administer('org create', { name: 'Acme' })
  await first.listen()
  await first.close()
  const second = await createServer({ data, port: 0 })
  expect(await second.administer('org list', {})).toMatchObject({ organizations: [{ license: 1, name: 'Acme' }] })
  await second.close()
  rmSync(data, { recursive: true })
})

test('[CON12] it ends within a moment, though connections stay open and a request was begun', async () => {
  const server = await startServer()
  const { port } = new URL(server.url)
  const idle = connect(Number(port), '127.0.0.1')
  await once(idle, 'connect')
  idle.write('POST /v1/customer/token HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{')
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/customer/rtm?license=1&client_id=app`)
  await once(socket, 'open')
  const closed = once(socket, 'close')
  const started = performance.now()
  await server.stop()
  expect(performance.now() - started).toBeLessThan(5000)
  expect(((await closed) as [CloseEvent])[0].code).toBe(1012)
  idle.destroy()
})

test('a port that is taken is told, and the folder is free again', async () => {
  const server = await startServer()
  const data = folder()
  const second = await createServer({ data, port: Number(new URL(server.url).port) })
  await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await second.close()
  await (await createServer({ data, port: 0 })).close()
  rmSync(data, { recursive: true })
  await server.stop()
})

/** A server on which the first new customer waits until it is released. */
async function startHolding() {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = await startServer({
    wrapStore: (store) => ({
      ...store,
      async commit(change) {
        if (change.writes.some((write) => 'table' in write && write.table === 'customers')) await held
        return store.commit(change)
      },
    }),
  })
  const ask = (name: string) => server.post(TOKEN_PATH, { grant_type: 'anonymous', visitor_key: visitorKey(name) }, { origin: SHOP })
  return { server, release, ask }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('[CON12] what was asked over HTTP is answered before the end, however long it takes', async () => {
  const { server, release, ask } = await startHolding()
  const asked = ask('early')
  await pause(100)
  const stopped = server.stop()
  // Longer than connections are given to go by themselves.
  await pause(900)
  release()
  expect((await asked).status).toBe(200)
  await stopped
})

test('[CON12] nothing new is begun meanwhile: each is told to come again', async () => {
  const { server, release, ask } = await startHolding()
  const asked = ask('early')
  await pause(100)
  const stopped = server.stop()
  await pause(50)
  const session = { method: 'POST', headers: { origin: server.origin }, body: JSON.stringify({ email: 'a@b', password: 'wrong' }) }
  for (const late of [
    ask('late'),
    server.fetch('/v1/agent/session', session),
    server.post(customerAction('list_chats'), {}, { origin: SHOP }),
  ]) {
    const refused = await errorOf(late)
    expect(refused).toMatchObject({ status: 503, type: 'service_unavailable', data: { retry_after_ms: expect.any(Number) } })
    expect(refused.message).toMatch(/^unable to .+; the server is about to restart$/)
  }
  release()
  await asked
  await stopped
})
