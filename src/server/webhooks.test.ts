/** Webhooks of a running server: registered over HTTP with a key, told over a socket, and gone on with after a new beginning. */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { customerAction, errorOf, type RunningServer, SHOP, startServer } from '../testing/server.ts'

interface Told {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

async function listen(port = 0) {
  const told: Told[] = []
  const endpoint = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    told.push({ headers: request.headers, body })
    response.writeHead(204).end()
  })
  endpoint.listen(port, '127.0.0.1')
  await once(endpoint, 'listening')
  const close = () => {
    endpoint.closeAllConnections()
    endpoint.close()
  }
  onTestFinished(close)
  const bound = (endpoint.address() as AddressInfo).port
  return { told, port: bound, url: `http://127.0.0.1:${bound}/hook`, close }
}

const ALLOW = { webhookAllow: '127.0.0.0/8' }

async function serving(options: Parameters<typeof startServer>[0] = ALLOW) {
  const server = await startServer(options)
  const { secret } = (await server.administer('key create', { scope: ['webhooks'] })) as { secret: string }
  const ask = (action: string, payload: object, headers: Record<string, string> = {}) =>
    server.post(`/v1/server/action/${action}`, payload, { authorization: `Bearer ${secret}`, ...headers })
  const answer = async (action: string, payload: object, headers?: Record<string, string>) => (await ask(action, payload, headers)).json()
  return { server, ask, answer }
}

async function startChat(server: RunningServer, text: string) {
  const { access_token } = await server.token('ann')
  const headers = { origin: SHOP, authorization: `Bearer ${access_token}` }
  const thread = { events: [{ type: 'message', text }] }
  await server.post(customerAction('start_chat'), { chat: { thread } }, headers)
}

const isGood = (secret: string, { headers, body }: Told): boolean => {
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${hmac}`)
}

test('[WHK1][WHK4][WHK5] what happens comes signed, with both secrets once they are rotated, and is counted', async () => {
  const { server, answer } = await serving()
  const { told, url } = await listen()
  const { webhook, secret } = await answer('register_webhook', { url, events: ['incoming_event'] })
  await startChat(server, 'first')
  await expect.poll(() => told.length).toBe(1)
  expect(JSON.parse(told[0]?.body ?? '')).toMatchObject({ type: 'incoming_event', data: { event: { text: 'first' }, license: 1 } })
  expect(told[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': expect.stringMatching(/^msg_/) })
  expect(isGood(secret, told[0] as Told)).toBe(true)
  const { secret: rotated } = await answer('rotate_webhook_secret', { webhook_id: webhook.id })
  await startChat(server, 'second')
  await expect.poll(() => told.length).toBe(2)
  expect([secret, rotated, 'whsec_AAAA'].map((one) => isGood(one, told[1] as Told))).toEqual([true, true, false])
  await expect.poll(async () => (await answer('list_webhook_deliveries', { webhook_id: webhook.id })).data.length).toBe(2)
  const metrics = await (await server.fetch('/metrics')).text()
  expect(metrics).toContain('porchlight_webhook_deliveries_total{outcome="delivered"} 2')
  expect(metrics).toMatch(/^porchlight_webhook_chats_waiting \d+$/m)
  await server.stop()
})

test('[IDM5][WHK1] whoever repeats a request under its key is told the same secret, whatever became of it since', async () => {
  const { server, answer, ask } = await serving()
  const { url } = await listen()
  const key = (name: string) => ({ 'idempotency-key': name })
  const first = await answer('register_webhook', { url }, key('a'))
  const rotated = await answer('rotate_webhook_secret', { webhook_id: first.webhook.id }, key('b'))
  await answer('rotate_webhook_secret', { webhook_id: first.webhook.id }, key('c'))
  expect(await answer('register_webhook', { url }, key('a'))).toEqual(first)
  expect(await answer('rotate_webhook_secret', { webhook_id: first.webhook.id }, key('b'))).toEqual(rotated)
  expect((await answer('list_webhooks', {})).data).toHaveLength(1)
  expect(await errorOf(ask('register_webhook', { url: `${url}2` }, key('a')))).toMatchObject({ type: 'idempotency_mismatch' })
  await answer('unregister_webhook', { webhook_id: first.webhook.id }, key('d'))
  expect(await answer('unregister_webhook', { webhook_id: first.webhook.id }, key('d'))).toEqual({})
  await server.stop()
})

test('[CON5] an event that there is none of is refused by its place', async () => {
  const { server, ask } = await serving()
  const refused = await errorOf(
    ask('register_webhook', { url: 'https://hooks.example.com', events: ['incoming_event', 'incoming_typing_indicator'] }),
  )
  expect(refused).toMatchObject({ status: 400, type: 'validation', data: { path: 'events.1' } })
  expect(refused.message).toBe('unable to register_webhook; events.1 is not one of the known values')
  await server.stop()
})

test('[WHK7] an address of this machine is refused where it is not allowed', async () => {
  const { server, ask } = await serving({})
  expect(await errorOf(ask('register_webhook', { url: 'http://127.0.0.1:9999/' }))).toMatchObject({
    message: 'unable to register_webhook; url leads to an address that is not public',
  })
  await server.stop()
})

test('[WHK2] what could not be told before the end is told after a new beginning, with the address that files have', async () => {
  const { server, answer } = await serving()
  const { url, port, close } = await listen()
  await answer('register_webhook', { url, events: ['incoming_event'] })
  close()
  await startChat(server, 'while nobody listened')
  await server.close()
  const { told } = await listen(port)
  const { createServer: begin } = await import('./index.ts')
  const again = await begin({ data: server.data, port: 0, ...ALLOW })
  await again.listen()
  await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1)
  expect(told[0]?.body).toContain('while nobody listened')
  await again.close()
})
