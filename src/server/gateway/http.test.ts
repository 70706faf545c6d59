/** Actions and all the rest that goes over HTTP, asked of a real server on a real port. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../../testing/server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
})
afterAll(() => server.stop())

const as = ({ access_token }: TokenResponse, more: Record<string, string> = {}) => ({
  origin: SHOP,
  authorization: `Bearer ${access_token}`,
  ...more,
})

describe('actions', () => {
  test('one table: what a socket can do HTTP can, and what makes sense on a socket only is refused', async () => {
    const ann = await server.token('ann')
    const started = await server.post(customerAction('start_chat'), {}, as(ann))
    expect(started.status).toBe(200)
    const { chat } = (await started.json()) as { chat: { id: string } }
    const event = { type: 'message', text: 'hello' }
    const sent = (await (await server.post(customerAction('send_event'), { chat_id: chat.id, event }, as(ann))).json()) as object
    expect(sent).toMatchObject({ chat_id: chat.id, seq: 2, event: { text: 'hello' } })
    for (const name of ['login', 'ping', 'update_session']) {
      expect(await errorOf(server.post(customerAction(name), name === 'ping' ? {} : { token: 'x' }, as(ann)))).toMatchObject({
        status: 404,
      })
    }
    for (const name of ['__proto__', 'constructor', 'nothing']) {
      expect(await errorOf(server.post(customerAction(name), {}, as(ann)))).toMatchObject({ status: 404, type: 'unsupported_action' })
    }
  })

  test('[LIN2] without a good token nothing is done', async () => {
    const ann = await server.token('ann')
    for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${ann.access_token}`, `Bearer ${ann.access_token.slice(0, -2)}`]) {
      expect(await errorOf(server.post(customerAction('list_chats'), {}, { origin: SHOP, authorization }))).toMatchObject({ status: 401 })
    }
    expect(
      await errorOf(server.post(customerAction('list_chats', 'app'), {}, { authorization: `Bearer ${ann.access_token}` })),
    ).toMatchObject({
      status: 401,
    })
  })

  test('[IDM5] a key carries a write out once, and another body under it is refused', async () => {
    const bob = await server.token('bob')
    const { chat } = (await (await server.post(customerAction('start_chat'), {}, as(bob))).json()) as { chat: { id: string } }
    const send = (text: string, idempotency: string) =>
      server.post(
        customerAction('send_event'),
        { chat_id: chat.id, event: { type: 'message', text } },
        as(bob, { 'idempotency-key': idempotency }),
      )
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await send('once', 'k1')).json()))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await errorOf(send('other', 'k1'))).toMatchObject({ status: 422, type: 'idempotency_mismatch' })
    expect(await errorOf(send('x', 'k\u00e9y'))).toMatchObject({ status: 400, data: { path: 'Idempotency-Key' } })
    expect(await errorOf(send('', 'k2'))).toMatchObject({ status: 400 })
    expect((await send('corrected', 'k2')).status).toBe(200)
    const { events } = (await (await server.post(customerAction('list_events'), { chat_id: chat.id }, as(bob))).json()) as {
      events: { text: string }[]
    }
    expect(events.map(({ text }) => text)).toEqual(['once', 'corrected'])
  })

  test('[IDM5] what can be done only once is answered again under its key, and refused under another', async () => {
    const who = await server.token('closing')
    const { chat } = (await (await server.post(customerAction('start_chat'), {}, as(who))).json()) as { chat: { id: string } }
    const close = (idempotency: string) =>
      server.post(customerAction('deactivate_chat'), { id: chat.id }, as(who, { 'idempotency-key': idempotency }))
    const resume = (idempotency: string) =>
      server.post(customerAction('resume_chat'), { chat: { id: chat.id } }, as(who, { 'idempotency-key': idempotency }))
    for (const [first, again, type] of [
      [() => close('c1'), () => close('c2'), 'chat_inactive'],
      [() => resume('r1'), () => resume('r2'), 'conflict'],
    ] as const) {
      const [one, two] = [await first(), await first()]
      expect([one.status, two.status]).toEqual([200, 200])
      const [made, repeated] = (await Promise.all([one.json(), two.json()])) as { entries: unknown[] }[]
      expect(repeated?.entries).toEqual(made?.entries)
      expect(await errorOf(again())).toMatchObject({ status: 409, type })
    }
    const other = server.post(customerAction('deactivate_chat'), { id: 'other' }, as(who, { 'idempotency-key': 'c1' }))
    expect(await errorOf(other)).toMatchObject({ status: 422, type: 'idempotency_mismatch' })
  })

  test('[IDM5] a key of one customer says nothing about another', async () => {
    const [one, two] = [await server.token('key one'), await server.token('key two')]
    const start = (who: TokenResponse) => server.post(customerAction('start_chat'), {}, as(who, { 'idempotency-key': 'same' }))
    const [a, b] = await Promise.all([one, two].map(async (who) => (await (await start(who)).json()) as { chat: { id: string } }))
    expect(a?.chat.id).not.toBe(b?.chat.id)
  })

  test('[CON3] 70 KB is refused, and so is what is nested without end', async () => {
    const ann = await server.token('ann')
    const long = JSON.stringify({ chat_id: 'x'.repeat(70 * 1024) })
    expect(await errorOf(server.post(customerAction('get_chat'), long, as(ann)))).toMatchObject({ status: 413, type: 'entity_too_large' })
    const deep = `{"chat_id":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    expect(await errorOf(server.post(customerAction('get_chat'), deep, as(ann)))).toMatchObject({ status: 400 })
  })
})

describe('the rest', () => {
  test('what is not there is said so, in the words of the table', async () => {
    for (const path of ['/nothing', '/v1/nothing', '/../package.json', '/%2e%2e/package.json', '/inbox/../../package.json']) {
      const response = await server.fetch(path)
      expect(await errorOf(response)).toMatchObject({ status: 404, type: 'not_found' })
    }
    expect((await server.fetch('/v1/customer/token?license=1&client_id=shop')).status).toBe(404)
    for (const path of ['/%zz', `/v1/customer/action/${'x'.repeat(200)}`]) {
      expect(await errorOf(server.post(path, {}))).toMatchObject({ status: 400, type: 'validation' })
    }
  })

  test('every answer says what it is and nothing more', async () => {
    const { headers } = await server.fetch('/healthz')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f]{32}$/)
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('operators learn that it lives, takes work, and what it counts', async () => {
    expect(await (await server.fetch('/healthz')).json()).toEqual({ alive: true })
    expect(await (await server.fetch('/readyz')).json()).toEqual({ ready: true })
    const text = await (await server.fetch('/metrics')).text()
    for (const name of [
      'porchlight_sockets{side="customer"} ',
      'porchlight_refusals_total{type="validation"} ',
      'porchlight_commit_seconds_count ',
      'porchlight_store_waiting ',
      'porchlight_event_loop_lag_seconds{quantile="0.99"} ',
      'process_resident_memory_bytes ',
    ]) {
      expect(text).toContain(`\n${name}`)
    }
  })
})
