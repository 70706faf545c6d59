/** How a rate stands, as whoever asks over HTTP is told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { customerAction, type RunningServer, SHOP, startServer } from '../../testing/server.ts'

/** Of the usual rates a small part: 3 reads at once, and one comes back every 4 s. */
const FACTOR = 1 / 40

let server: RunningServer
let ann: TokenResponse
beforeAll(async () => {
  server = await startServer({ rateFactor: FACTOR })
  ann = await server.token('ann')
})
afterAll(() => server.stop())

const ask = (action: string, body: object = {}) =>
  server.post(customerAction(action), body, { origin: SHOP, authorization: `Bearer ${ann.access_token}` })
const told = ({ status, headers }: Response) => [status, headers.get('ratelimit-policy'), headers.get('ratelimit')]

test('[CON17] answers say what is left, and the refusal of one too many says when to come again', async () => {
  const policy = '"read";q=3;w=12'
  expect(told(await ask('list_chats'))).toEqual([200, policy, '"read";r=2;t=4'])
  expect(told(await ask('list_chats'))).toEqual([200, policy, '"read";r=1;t=8'])
  expect(told(await ask('get_chat', { chat_id: 'none' }))).toEqual([404, policy, '"read";r=0;t=4'])
  const refused = await ask('list_chats')
  expect(told(refused)).toEqual([429, policy, '"read";r=0;t=4'])
  expect(refused.headers.get('retry-after')).toBe('4')
})

test('[CON17] each action tells of the rate that counts it, and pages may read it', async () => {
  const started = await ask('start_chat', { active: false })
  expect(told(started)).toEqual([200, '"write";q=6;w=24', '"write";r=5;t=4'])
  expect(started.headers.get('access-control-expose-headers')).toBe('ratelimit, ratelimit-policy, retry-after, x-request-id')
  const uploaded = await server.upload(ann, new File(['hello'], 'note.txt'))
  expect(told(uploaded)).toEqual([200, '"upload";q=1;w=3600', '"upload";r=0;t=1200'])
})

test('[CON17] what was not counted tells nothing', async () => {
  expect(told(await server.post(customerAction('list_chats'), {}, { origin: SHOP }))).toEqual([401, null, null])
  expect(told(await server.fetch('/healthz'))).toEqual([200, null, null])
})
