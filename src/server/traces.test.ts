/** What is left of what was deleted, edited away or erased on a real server with a real data directory: after a minute, nothing anywhere. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../protocol/actions.ts'
import { createClock } from '../testing/clock.ts'
import { customerAction, type RunningServer, SHOP, startServer } from '../testing/server.ts'
import { Canaries } from './canaries.contract.ts'
import type { Store } from './store/store.ts'

const clock = createClock()
const canaries = new Canaries()
const say = (place: string) => canaries.say(place)
let server: RunningServer
let store: Store
let backend: Headers
const told: string[] = []
let endpointWorks = false
const endpoint = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  if (endpointWorks) told.push(body)
  response.writeHead(endpointWorks ? 204 : 500).end()
})

beforeAll(async () => {
  const wrapStore = (opened: Store) => {
    store = opened
    return opened
  }
  server = await startServer({ clock, wrapStore, webhookAllow: '127.0.0.1', rateFactor: 1000 })
  await server.administer('org update', { originals: 'shown' })
  backend = { authorization: `Bearer ${(await server.apiKey()).secret}` }
  endpoint.listen(0, '127.0.0.1')
  await once(endpoint, 'listening')
})
afterAll(async () => {
  endpoint.closeAllConnections()
  endpoint.close()
  await server.stop()
})

type Headers = Readonly<Record<string, string>>
type Act = (action: string, body: object, headers?: Headers) => Promise<Response>
interface Answer {
  readonly [thing: string]: unknown
  readonly chat: { readonly id: string }
  readonly event: { readonly id: string; readonly thread_id: string }
  readonly file_id: string
  readonly user: { readonly id: string }
  readonly webhook: { readonly id: string }
}

const acting =
  (path: (action: string) => string, who: () => Headers): Act =>
  (action, body, headers = {}) =>
    body instanceof FormData
      ? server.fetch(path(action), { method: 'POST', headers: who(), body })
      : server.post(path(action), body, { ...who(), ...headers })

const serve = acting(
  (name) => `/v1/server/action/${name}`,
  () => backend,
)

async function done(asked: Promise<Response>): Promise<Answer> {
  const response = await asked
  const text = await response.text()
  expect([response.status, text]).toEqual([200, text])
  return JSON.parse(text)
}

async function enter(role: 'customer' | 'agent' | 'bot', user_id: string): Promise<Act> {
  if (role === 'bot') await done(serve('create_user', { external_id: user_id, type: role, display_name: 'A bot' }))
  const { token } = await done(serve('create_token', role === 'bot' ? { user_id, existing: true } : { user_id, role }))
  const bearer = (proof: unknown) => ({ authorization: `Bearer ${proof}` })
  if (role !== 'customer') {
    return acting(
      (name) => `/v1/agent/action/${name}?license=1`,
      () => bearer(token),
    )
  }
  const grant = { grant_type: 'identity', identity_token: token }
  const { access_token } = await done(server.post('/v1/customer/token?license=1&client_id=shop', grant, { origin: SHOP }))
  return acting(customerAction, () => ({ origin: SHOP, ...bearer(access_token) }))
}

function form(place: string): FormData {
  const body = new FormData()
  body.append('file', new File([`${say(`bytes of ${place}`)} `.repeat(2000)], `${say(`name of ${place}`)}.txt`))
  return body
}

interface Said {
  readonly chat_id: string
  /** By what becomes of them. */
  readonly deleted: readonly string[]
  readonly edited: { readonly text: string; readonly content: string }
  readonly file_id: string
  /** Asks once more for what was asked for by those who stay. */
  readonly again: readonly (() => Promise<Response>)[]
}

/** Everything that can be said in a chat: by Jo, who is to be erased, and by others. */
async function sayIn(kind: 'support' | 'group', users: readonly string[], jo: Act, other: Act): Promise<Said> {
  const here = (what: string) => say(`${what}, ${kind}`)
  const again: (() => Promise<Response>)[] = []
  const once = (by: Act, action: string, body: object, name: string) => {
    const ask = () => by(action, body, { 'idempotency-key': `${name}-${kind}`.replaceAll(' ', '-') })
    if (by !== jo) again.push(ask)
    return done(ask())
  }
  const { chat } = await once(serve, 'create_chat', { kind, users, name: here('chat name'), custom_id: `of ${kind}` }, 'chat')
  const chat_id = chat.id
  const send = async (by: Act, what: string, event: object, who: object = {}) => {
    const properties = { shop: { note: here(`property of ${what}`) } }
    const body = { chat_id, ...who, event: { ...event, properties, custom_id: `${what} ${kind}` } }
    return (await once(by, 'send_event', body, what)).event
  }
  const words = (what: string) => ({ type: 'message', text: here(what) })
  const content = (what: string) => ({ type: 'custom', content: { a: [here(what)] } })
  const upload = async (by: Act, what: string) => (await done(by('upload_file', form(`${what}, ${kind}`)))).file_id
  const { thread_id, id } = await send(jo, 'text', words('text'))
  // Most of it lies in pages of the database that hold nothing else.
  const long = await send(jo, 'long text', { type: 'message', text: `${here('long text')} `.repeat(900) })
  const custom = await send(jo, 'custom event', content('content'))
  const file = await send(jo, 'file', { type: 'file', file_id: await upload(jo, 'file') })
  const system = await send(serve, 'system message', { type: 'system_message', text: here('system message') })
  const others = await send(other, 'other text', { ...words('other text'), ...(kind === 'support' && { visibility: 'agents' }) })
  const file_id = await upload(serve, 'file of the organization')
  await send(serve, 'other file', { type: 'file', file_id }, { user_id: users[0] })
  const edited = { text: (await send(jo, 'text before', words('text before'))).id, content: '' }
  edited.content = (await send(other, 'content before', content('content before'))).id
  const file_ids = [await upload(jo, 'attachment'), await upload(jo, 'second attachment')]
  const attaching = await send(jo, 'attachments', { ...words('text with attachments'), file_ids })
  const reply = await send(jo, 'reply', { ...words('reply'), reply_to_id: edited.text })
  const quoting = { type: 'message', text: 'as was said', quoted_event_id: id, ...(kind === 'support' && { visibility: 'agents' }) }
  await done(other('send_event', { chat_id, event: quoting }))
  // This goes with who said it, and so does what it said first.
  const last = await send(jo, 'last text', words('last text'))
  await done(jo('edit_event', { chat_id, event_id: last.id, text: here('last text, edited') }))
  await done(jo('update_thread_properties', { chat_id, thread_id, properties: { shop: { a: here('thread property') } } }))
  await done(jo('update_chat_properties', { id: chat_id, properties: { shop: { a: here('chat property') } } }))
  await done(jo('rate_chat', { chat_id, rating: { value: 'bad', comment: here('comment') } }))
  await done(jo('send_sneak_peek', { chat_id, sneak_peek_text: here('sneak peek') }))
  return { chat_id, deleted: [id, long.id, custom.id, file.id, system.id, others.id, attaching.id, reply.id], edited, file_id, again }
}

/** What a bot wrote at once, piece by piece, and is writing still, with what it suggested and what it left for people. */
async function answerIn({ chat_id, ...said }: Said): Promise<Said> {
  const lumi = await enter('bot', 'lumi')
  const send = async (text: string, more: object) =>
    (await done(lumi('send_event', { chat_id, event: { type: 'message', text, ...more } }))).event.id
  const stream = async (place: string, more: object) => {
    const first = say(`first words of ${place}`)
    const event_id = await send(first, { streaming: true })
    await done(lumi('stream_event', { chat_id, event_id, offset: first.length, text: ` ${say(`more of ${place}`)}`, ...more }))
    return event_id
  }
  const plain = await send(say('text of a bot'), { quick_replies: [say('suggested answer')] })
  const ended = await stream('an answer', { done: true, quick_replies: [say('answer suggested at last')] })
  const growing = await stream('what goes on', {})
  // Its first step is stored.
  await clock.advance(2000)
  return { ...said, chat_id, deleted: [...said.deleted, plain, ended, growing] }
}

async function introduce(jo: Act, user_id: string): Promise<void> {
  const profile = ['username', 'display_name', 'nickname', 'badge', 'avatar', 'email'].map((field) => [field, say(field)])
  await done(serve('update_user', { user_id, ...Object.fromEntries(profile), custom: { tier: say('custom field') } }))
  await done(jo('update_customer', { session_fields: [{ cart: say('former session field') }] }))
  await done(jo('update_customer', { session_fields: [{ cart: say('session field') }] }))
  await done(jo('update_customer_page', { url: `https://shop.test/${say('page')}`, title: say('title') }))
  await done(jo('track_event', { name: say('tracked event'), data: { sku: say('tracked data') } }))
  await done(jo('upload_file', form('file that nobody sent')))
}

async function takeBack({ chat_id, deleted, edited, file_id }: Said): Promise<void> {
  for (const event_id of deleted) await done(serve('delete_event', { chat_id, event_id }))
  await done(serve('edit_event', { chat_id, event_id: edited.text, text: 'other words', properties: {} }))
  await done(serve('edit_event', { chat_id, event_id: edited.content, content: {}, properties: {} }))
  await done(serve('delete_file', { file_id }))
  await done(serve('update_chat', { chat_id, name: null }))
}

interface Reading {
  readonly request: { readonly properties: object; readonly required?: readonly string[] | undefined }
}
const READINGS = Object.entries({ customer: CUSTOMER_ACTIONS, agent: AGENT_ACTIONS, backend: SERVER_ACTIONS }).flatMap(([side, actions]) =>
  Object.entries<Reading>(actions)
    .filter(([action]) => /^(list|get|sync)/.test(action))
    .map(([action, { request }]) => ({ side, action, request })),
)

/** Asks for everything that can be read, of everything there is and was. */
async function readAll(acts: Readonly<Record<string, Act>>, things: Readonly<Record<string, readonly unknown[]>>): Promise<void> {
  for (const { side, action, request } of READINGS) {
    const fields = Object.keys(request.properties).filter((field) => field === 'id' || request.required?.includes(field))
    const bodies = fields.reduce<object[]>(
      (all, field) => all.flatMap((body) => (things[field] ?? []).map((one) => ({ ...body, [field]: one }))),
      [{}],
    )
    const answers = await Promise.all(bodies.map((body) => acts[side]?.(action, body)))
    expect([side, action, answers.some((response) => response?.ok)]).toEqual([side, action, true])
    for (const response of answers) expect([side, action, await heardIn(response)]).toEqual([side, action, []])
  }
}

const heardIn = async (response: Response | undefined) => canaries.heardIn(Buffer.from((await response?.text()) ?? ''))
const heardOnDisk = () => canaries.heardOnDisk(server.data)

test('[EDT4] a minute after it was deleted, edited away or erased, nothing of it is on the disk, in any answer, or sent to anyone', async () => {
  const { port } = endpoint.address() as AddressInfo
  const { webhook } = await done(serve('register_webhook', { url: `http://127.0.0.1:${port}/` }))
  const external_id = say('external id')
  const [jo, kim, robin] = [await enter('customer', external_id), await enter('customer', 'kim'), await enter('agent', 'robin')]
  await introduce(jo, external_id)
  const said = [await sayIn('support', [external_id], jo, robin), await sayIn('group', [external_id, 'kim'], jo, kim)]
  said[0] = await answerIn(said[0] as Said)
  // Everything is there first, as far as it is ever kept, or the silence afterwards would say nothing.
  expect(heardOnDisk()).toEqual(canaries.places.filter((place) => !place.startsWith('sneak peek')))

  for (const chat of said) await takeBack(chat)
  const idOf = async (name: string) => (await done(serve('get_user', { user_id: name }))).user.id
  const ids = [await idOf(external_id), await idOf('kim')]
  await done(serve('delete_user', { user_id: external_id }))
  await clock.advance(60_000)
  // What the clock has set off may still be at work.
  await vi.waitFor(() => expect(heardOnDisk()).toEqual([]), 20_000)

  const [chats, gone] = [said.map(({ chat_id }) => chat_id), said.map(({ file_id }) => file_id)]
  const events = said.flatMap(({ deleted, edited }) => [...deleted, edited.text, edited.content])
  const plain = new FormData()
  plain.append('file', new File(['a file'], 'a.txt'))
  const kept = await Promise.all([kim, robin].map(async (act) => (await done(act('upload_file', plain))).file_id))
  await readAll(
    { customer: kim, agent: robin, backend: serve },
    { chat_id: chats, event_id: events, file_id: [...gone, ...kept], user_id: ids, id: ids, webhook_id: [webhook.id], after: [0] },
  )
  for (const ask of said.flatMap(({ again }) => again)) {
    const response = await ask()
    expect([response.status, await heardIn(response)]).toEqual([200, []])
  }

  endpointWorks = true
  await vi.waitFor(async () => {
    await clock.advance(10 * 60_000)
    expect(await store.cursors(10)).toBe(0)
  }, 20_000)
  expect(told.length).toBeGreaterThan(events.length)
  expect(canaries.heardIn(Buffer.from(told.join()))).toEqual([])
  expect(heardOnDisk()).toEqual([])
}, 60_000)
