/** A server's life: it opens, refuses to share its folder, ends well, and finds everything again. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SHOP, startServer } from '../testing/server.ts'
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

test('the last ones told are answered before the end', async () => {
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
  const body = { grant_type: 'anonymous', visitor_key: 'v'.repeat(22) }
  const asked = server.post('/v1/customer/token?license=1&client_id=shop', body, { origin: SHOP })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const stopped = server.stop()
  release()
  expect((await asked).status).toBe(200)
  await stopped
})
