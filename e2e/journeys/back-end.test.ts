/** What a shop's own back end does beside the chat, and that a server which dies under its hands does nothing twice. */
import { Porchlight } from '../../src/server-sdk/index.ts'
import { expect, test } from './test.ts'

test('an order that ships is told in the customer’s chat once, and the shop hears of both', async ({ shop, customer }) => {
  await customer.visit(shop.url)
  const post = (path: string, body: string) =>
    customer.page.evaluate(async ([to = '', said = '']) => (await fetch(to, { method: 'POST', body: said })).status, [path, body])
  expect(await post('/ship', '1234')).toBe(401)
  await customer.signIn('Ada Palmer')
  await customer.say('Has it gone out?')
  await expect.poll(() => shop.said).toEqual(['incoming_event: Has it gone out?'])
  expect([await post('/ship', '1234'), await post('/ship', '1234')]).toEqual([204, 204])
  await expect(customer.log.getByText('Order 1234 is on its way.')).toHaveCount(1)
  await expect.poll(() => shop.said).toEqual(['incoming_event: Has it gone out?', 'incoming_event: Order 1234 is on its way.'])
  const forged = await fetch(`${shop.url}/webhook`, { method: 'POST', body: '{}' })
  expect([forged.status, await forged.text()]).toEqual([400, 'unable to verify the webhook; a header is missing'])
})

test('fifty writes under one key while the server is killed make one row', async ({ server }) => {
  const { secret } = await server.command<{ secret: string }>('key', 'create', '--name', 'test')
  const porchlight = new Porchlight({ apiKey: secret, baseUrl: server.url, maxRetries: 20, timeout: 5_000 })
  const chat = await porchlight.chats.create({ users: ['ann', 'bob'] })
  for (let round = 0; round < 3; round++) {
    const options = { idempotencyKey: `round-${round}` }
    const sending = Array.from({ length: 50 }, () =>
      porchlight.events.send(chat.id, { user_id: 'ann', type: 'text', text: `round ${round}` }, options),
    )
    const making = Array.from({ length: 50 }, () =>
      porchlight.chats.create({ users: [`ann-${round}`, 'bob'] }, { idempotencyKey: `chat-${round}` }),
    )
    await new Promise((resolve) => setTimeout(resolve, 5 * round))
    await server.kill()
    await server.start()
    const [sent, made] = await Promise.all([Promise.all(sending), Promise.all(making)])
    expect(new Set(sent.map(({ event }) => JSON.stringify(event))).size).toBe(1)
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  }
  const { items, total } = await porchlight.events.list(chat.id, { page: 1 })
  expect([total, items.map(({ text }) => text)]).toEqual([3, ['round 2', 'round 1', 'round 0']])
  expect((await porchlight.chats.list({ user_id: 'bob', page: 1 })).total).toBe(4)
})
