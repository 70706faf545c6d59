/** What anyone may ask of a running server costs little, and what is not for everyone is not told to everyone. */
import { expect, test } from 'vitest'
import { createClock } from '../../testing/clock.ts'
import { errorOf, startServer } from '../../testing/server.ts'

test('readiness is looked up once a second, however many ask, and is as new as that', async () => {
  const clock = createClock()
  let [pings, fails] = [0, false]
  const server = await startServer({
    clock,
    wrapStore: (store) => ({
      ...store,
      async ping() {
        pings++
        if (fails) throw new Error('no')
        return store.ping()
      },
    }),
  })
  const status = async () => (await server.fetch('/readyz')).status
  expect(await Promise.all(Array.from({ length: 20 }, status))).toEqual(Array(20).fill(200))
  expect(pings).toBe(1)
  fails = true
  await clock.advance(999)
  expect([await status(), pings]).toEqual([200, 1])
  await clock.advance(1)
  expect([await status(), await status(), pings]).toEqual([503, 503, 2])
  fails = false
  await clock.advance(1000)
  expect(await status()).toBe(200)
  await server.stop()
})

test('metrics are for who has the token, when there is one', async () => {
  const metricsToken = 'a token for Prometheus'.replaceAll(' ', '-')
  const server = await startServer({ metricsToken })
  const ask = (headers: Record<string, string>) => server.fetch('/metrics', { headers })
  expect(await (await ask({ authorization: `Bearer ${metricsToken}` })).text()).toContain('porchlight_sockets')
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: metricsToken }]) {
    expect(await errorOf(ask(headers as Record<string, string>))).toMatchObject({ status: 401, type: 'authentication' })
  }
  await server.stop()
})

test('without one they are for this machine, and not for whom a proxy on it speaks', async () => {
  const server = await startServer({ trustProxy: '1' })
  expect((await server.fetch('/metrics')).status).toBe(200)
  expect(await errorOf(server.fetch('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } }))).toMatchObject({
    status: 403,
    type: 'authorization',
    message: expect.stringContaining('METRICS_TOKEN'),
  })
  await server.stop()
  const unaware = await startServer()
  expect((await unaware.fetch('/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(403)
  await unaware.stop()
})
