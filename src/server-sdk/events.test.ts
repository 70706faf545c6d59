/** Events from a back end: replies, quotes and mentions, and messages that bring files. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../testing/server.ts'
import { type Chat, ConflictError, type Event, NotFoundError, Porchlight, type SendEventParams } from './index.ts'

let server: RunningServer
let porchlight: Porchlight
let chat: Chat

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  porchlight = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
})
beforeEach(async () => {
  chat = await porchlight.chats.create({ users: ['ann', 'bob'] })
})
afterAll(() => server.stop())

const send = async (params: SendEventParams): Promise<Event> => (await porchlight.events.send(chat.id, params)).event
const text = (words: string, more: object = {}) => send({ user_id: 'ann', type: 'text', text: words, ...more })
const upload = async (name: string) => (await porchlight.files.upload(new TextEncoder().encode(name), { name })).file_id
const idOf = (external_id: string) => chat.users.find((user) => user.external_id === external_id)?.id ?? ''

it('reply to others, which say how many replies there are', async () => {
  const parent = await text('Who is in?')
  const reply = await text('Me.', { user_id: 'bob', reply_to_id: parent.id })
  expect(reply).toMatchObject({ text: 'Me.', reply_to_id: parent.id })
  expect(await text('Me too.', { reply_to_id: reply.id })).toMatchObject({ reply_to_id: parent.id })
  const { replies } = await porchlight.events.get(chat.id, parent.id)
  expect(replies).toMatchObject({ count: 2, last_user_ids: [idOf('ann'), idOf('bob')] })
  await porchlight.events.delete(chat.id, reply.id)
  expect((await porchlight.events.get(chat.id, parent.id)).replies).toMatchObject({ count: 1, last_user_ids: [idOf('ann')] })
})

it('are listed with replies among them, by cursor and by page, from either end', async () => {
  const { id: reply_to_id } = await text('one')
  for (const words of ['two', 'three']) await text(words, { reply_to_id })
  await text('four')
  const inOrder = ['one', 'two', 'three', 'four']
  const walked: (string | undefined)[] = []
  for await (const event of porchlight.events.list(chat.id, { order: 'asc', limit: 1 })) walked.push(event.text)
  expect(walked).toEqual(inOrder)
  expect((await porchlight.events.list(chat.id)).data.map((event) => event.text)).toEqual([...inOrder].reverse())
  const { items, total } = await porchlight.events.list(chat.id, { page: 1, limit: 3, order: 'asc' })
  expect([items.map((event) => event.text), total]).toEqual([['one', 'two', 'three'], 4])
})

it('suggest answers, where it is not a customer who says them', async () => {
  const { id } = await porchlight.users.create({ external_id: 'lumi', type: 'bot' })
  await porchlight.chats.addUser(chat.id, { user_id: 'lumi' })
  const quick_replies = ['The last one', 'Another']
  expect(await text('Which order?', { user_id: 'lumi', quick_replies })).toMatchObject({ author_id: id, quick_replies })
  await expect(text('This one?', { quick_replies })).rejects.toMatchObject({ code: 'authorization' })
})

it('quote others as those are by then', async () => {
  const quoted = await text('Nine o’clock.')
  const event = await text('Fine.', { user_id: 'bob', quoted_event_id: quoted.id })
  expect(event.quoted_event).toMatchObject({ id: quoted.id, type: 'message', author_id: idOf('ann'), text: 'Nine o’clock.' })
  await porchlight.events.edit(chat.id, quoted.id, { text: 'Ten o’clock.' })
  expect((await porchlight.events.get(chat.id, event.id)).quoted_event).toMatchObject({ text: 'Ten o’clock.' })
  await porchlight.events.delete(chat.id, quoted.id)
  expect((await porchlight.events.get(chat.id, event.id)).quoted_event).not.toHaveProperty('text')
})

it('name users of the chat, whoever sends them', async () => {
  const mentions = [idOf('bob')]
  for (const params of [
    { user_id: 'ann', type: 'text', text: '@bob' },
    { user_id: 'system', type: 'system', text: 'Bob is on call.' },
    { type: 'custom', content: { poll: 1 } },
  ] satisfies SendEventParams[]) {
    expect(await send({ ...params, mentions })).toMatchObject({ mentions })
  }
  const outsider = await porchlight.users.create({ external_id: 'outsider' })
  const naming = text('@outsider', { mentions: [...mentions, outsider.id] })
  await expect(naming).rejects.toThrow('event.mentions.1 names nobody in the chat')
})

it('bring files, in the order in which they name them, with words or without', async () => {
  const ids = [await upload('b.txt'), await upload('a.txt')]
  const event = await send({ user_id: 'ann', type: 'text', file_ids: ids })
  expect(event).toMatchObject({ type: 'message', attachments: [{ file_id: ids[0], name: 'b.txt' }, { name: 'a.txt' }] })
  expect(event).not.toHaveProperty('text')
  expect(await porchlight.files.get(ids[0] ?? '')).toMatchObject({ used: true })
  expect(await text('These two.', { file_ids: [await upload('c.txt')] })).toMatchObject({
    ...{ text: 'These two.', attachments: [{ name: 'c.txt' }] },
  })
  expect((await porchlight.chats.get(chat.id)).last_event_preview).toBe('These two.')
  await porchlight.files.delete(ids[0] ?? '')
  expect((await porchlight.events.get(chat.id, event.id)).attachments).toMatchObject([{ name: 'a.txt' }])
})

it('bring no file that another event has, one twice, or more than ten', async () => {
  const [used, other] = [await upload('a.txt'), await upload('b.txt')]
  await send({ user_id: 'ann', type: 'file', file_id: used })
  await expect(text('x', { file_ids: [other, used] })).rejects.toThrow(ConflictError)
  await expect(text('x', { file_ids: [other, other] })).rejects.toMatchObject({ field: 'event.file_ids.1' })
  await expect(text('x', { file_ids: ['none'] })).rejects.toThrow(NotFoundError)
  await expect(text('x', { file_ids: Array(11).fill(other) })).rejects.toMatchObject({ field: 'event.file_ids' })
  expect(await porchlight.files.get(other)).toMatchObject({ used: false })
  await expect(text('')).rejects.toMatchObject({ field: 'event.text' })
})

it('refer to events of their own chat', async () => {
  const elsewhere = await porchlight.chats.create({ users: ['ann', 'bob'] })
  const { event } = await porchlight.events.send(elsewhere.id, { user_id: 'ann', type: 'text', text: 'elsewhere' })
  for (const field of ['reply_to_id', 'quoted_event_id']) {
    await expect(text('x', { [field]: event.id })).rejects.toThrow(NotFoundError)
  }
  expect((await porchlight.events.list(chat.id)).data).toEqual([])
})
