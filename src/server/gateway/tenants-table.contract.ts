/**
 * What is allowed, action by action: everything else is refused. A row says what a request names and for whose things it is carried
 * out. Whoever has no proof of the action's side, or one that was taken back, is refused whatever they name.
 */
import type { AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../../protocol/actions.ts'
import type { FaceSide, Side } from './dispatch.ts'
import type { Thing } from './tenants-world.contract.ts'

/** Whose the thing is that a request names. */
export const TARGETS = ['own', 'another’s', 'missing', 'deleted'] as const
export type Target = (typeof TARGETS)[number]

export interface Row {
  /** Fields of the request, by their path, that name a thing: of the target, or always the principal's own. */
  readonly names: Readonly<Record<string, Thing | `own ${Thing}`>>
  /** The other fields. */
  readonly says: Readonly<Record<string, unknown>>
  /** The targets for which it is carried out, by those who have a live proof of the side. */
  readonly allowed: readonly Target[]
  /** A form with a file in the place of JSON. */
  readonly upload?: true
  /** The words differ by the target though its being is no secret to who asks: why. */
  readonly apart?: string
}

type Rows<Actions> = { readonly [A in keyof Actions]: readonly Row[] }

/** About the principal alone: nothing is named, so there is nothing of another's to reach. */
const self = (says: Row['says'] = {}): Row => ({ names: {}, says, allowed: TARGETS })
const own = (names: Row['names'], says: Row['says'] = {}): Row => ({ names, says, allowed: ['own'] })
/** Not for this kind of user. */
const never = (says: Row['says'] = {}): Row => ({ names: {}, says, allowed: [] })

const TEXT = { type: 'message', text: 'hello' }
const PROPERTIES = { shop: { order: 1 } }
const NAMES = { shop: ['order'] }
const chat = { chat_id: 'chat' } as const
const event = { chat_id: 'chat', thread_id: 'thread', event_id: 'event' } as const
const anEvent = { chat_id: 'chat', event_id: 'event' } as const
const elsewhere = { chat_id: 'own chat', event_id: 'event' } as const
/** Of another chat, named as if it were in the own one. */
const strayEvent = { chat_id: 'own chat', thread_id: 'thread', event_id: 'event' } as const

const both = {
  ping: [self()],
  list_chats: [self()],
  get_chat: [own(chat)],
  list_threads: [own(chat), own({ chat_id: 'chat', 'thread_ids.0': 'thread' })],
  list_events: [own(chat)],
  get_presence: [own(chat)],
  sync: [own(chat, { after: 0 })],
  sync_user: [self({ after: 0 })],
  resume_chat: [own({ 'chat.id': 'closed' })],
  deactivate_chat: [own({ id: 'chat' })],
  join_chat: [own({ chat_id: 'joinable' })],
  leave_chat: [own(chat)],
  send_event: [
    own(chat, { event: TEXT }),
    own({ chat_id: 'own chat', 'event.file_id': 'file' }, { event: { type: 'file' } }),
    own({ chat_id: 'own chat', 'event.file_ids.0': 'file' }, { event: TEXT }),
    own({ chat_id: 'own chat', 'event.reply_to_id': 'event' }, { event: TEXT }),
    own({ chat_id: 'own chat', 'event.quoted_event_id': 'event' }, { event: TEXT }),
  ],
  send_typing_indicator: [own(chat, { is_typing: true })],
  mark_events_as_seen: [own(chat)],
  update_chat_properties: [own({ id: 'chat' }, { properties: PROPERTIES })],
  delete_chat_properties: [own({ id: 'chat' }, { properties: NAMES })],
  update_thread_properties: [
    own({ chat_id: 'chat', thread_id: 'thread' }, { properties: PROPERTIES }),
    own({ chat_id: 'own chat', thread_id: 'thread' }, { properties: PROPERTIES }),
  ],
  delete_thread_properties: [own({ chat_id: 'chat', thread_id: 'thread' }, { properties: NAMES })],
  update_event_properties: [own(event, { properties: PROPERTIES }), own(strayEvent, { properties: PROPERTIES })],
  delete_event_properties: [own(event, { properties: NAMES }), own(strayEvent, { properties: NAMES })],
  upload_file: [{ ...self(), upload: true }],
  create_upload: [self({ name: 'a.png' })],
  get_file: [own({ file_id: 'file' })],
  delete_file: [own({ file_id: 'file' })],
  get_customer: [own({ id: 'customer' })],
  create_chat: [self({ users: ['somebody'] })],
  update_chat: [own(chat, { name: 'General' })],
  list_users: [own(chat)],
  add_users_to_chat: [own(chat, { user_ids: ['colleague'] })],
  remove_user_from_chat: [own({ chat_id: 'chat', user_id: 'user' })],
  get_event: [own(anEvent), own(elsewhere)],
  edit_event: [own(anEvent, { text: 'x' }), own(elsewhere, { text: 'x' })],
  delete_event: [own(anEvent), own(elsewhere)],
  list_replies: [own(anEvent), own(elsewhere)],
  add_reaction: [own(anEvent, { emoji: '👍' }), own(elsewhere, { emoji: '👍' })],
  remove_reaction: [own(anEvent, { emoji: '👍' }), own(elsewhere, { emoji: '👍' })],
  list_mentions: [self()],
} as const satisfies Partial<Rows<typeof AGENT_ACTIONS>>

const customer: Rows<typeof CUSTOMER_ACTIONS> = {
  // A socket logs in once: with whatever token, it is refused from then on.
  login: [never({ token: 'x' })],
  ...both,
  // Of a visitor whom nobody vouches for.
  create_chat: [never({ users: ['somebody'] })],
  send_event: [...both.send_event, own({ chat_id: 'own chat', 'event.mentions.0': 'user' }, { event: TEXT })],
  list_online_agents: [self()],
  get_unread_count: [self()],
  update_session: [{ ...own({ token: 'access' }), apart: 'whoever shows a token has it' }],
  start_chat: [self()],
  send_sneak_peek: [own(chat, { sneak_peek_text: 'hel' })],
  rate_chat: [own(chat, { rating: { value: 'good' } }), own({ chat_id: 'own chat', thread_id: 'thread' }, { rating: { value: 'good' } })],
  update_customer: [self({ name: 'Ann' })],
  set_customer_session_fields: [self({ session_fields: [{ plan: 'pro' }] })],
  update_customer_page: [self({ url: 'https://shop.test/' })],
  track_event: [self({ name: 'bought' })],
}

const agent: Rows<typeof AGENT_ACTIONS> = {
  login: [never()],
  ...both,
  remove_user_from_chat: [
    { ...own({ chat_id: 'chat', user_id: 'user' }), allowed: [], apart: 'nobody else is in a support chat of theirs' },
  ],
  list_customer_activity: [own({ id: 'customer' })],
  // Of people: bots have their own test.
  stream_event: [{ ...own(anEvent, { offset: 0, text: 'x' }), allowed: [] }],
  hand_over_chat: [{ ...own(chat, { summary: 'x' }), allowed: [] }],
}

const user = { user_id: 'user' } as const
const webhook = { webhook_id: 'webhook' } as const
const member = { chat_id: 'own chat', user_id: 'user' } as const
const url = 'https://hooks.example.com/'

const backend: Rows<typeof SERVER_ACTIONS> = {
  create_token: [self({ user_id: 'somebody' }), own({ 'channels.0': 'chat' }, { user_id: 'somebody' }), own(user, { existing: true })],
  refresh_token: [{ ...own({ token: 'token' }), apart: 'whoever shows a token has it' }],
  revoke_tokens: [own(user)],
  verify_token: [{ ...own({ token: 'token' }), apart: 'whoever shows a token has it' }],
  create_user: [self({ external_id: 'somebody' })],
  get_user: [own(user)],
  list_users: [self()],
  update_user: [own(user, { nickname: 'A' })],
  delete_user: [own(user)],
  create_chat: [self({ users: ['somebody', 'else'] })],
  get_chat: [own(chat)],
  list_chats: [self(), own(user)],
  update_chat: [own(chat, { name: 'General' })],
  delete_chat: [own(chat)],
  add_users_to_chat: [own(chat, { user_ids: ['somebody'] })],
  remove_user_from_chat: [own({ chat_id: 'chat', user_id: 'user' }), own(member)],
  join_chat: [own({ chat_id: 'chat', user_id: 'user' }), own(member)],
  leave_chat: [own({ chat_id: 'chat', user_id: 'user' }), own(member)],
  send_event: [
    own(chat, { event: { type: 'system_message', text: 'Paid' } }),
    own(member, { event: TEXT }),
    own({ chat_id: 'own chat', user_id: 'own user', 'event.file_id': 'file' }, { event: { type: 'file' } }),
  ],
  list_events: [own(chat)],
  get_event: [own({ chat_id: 'chat', event_id: 'event' }), own({ chat_id: 'own chat', event_id: 'event' })],
  edit_event: [own({ chat_id: 'chat', event_id: 'event' }, { text: 'x' }), own({ chat_id: 'own chat', event_id: 'event' }, { text: 'x' })],
  delete_event: [own({ chat_id: 'chat', event_id: 'event' }), own({ chat_id: 'own chat', event_id: 'event' })],
  upload_file: [{ ...self(), upload: true }],
  create_upload: [self({ name: 'a.png' })],
  get_file: [own({ file_id: 'file' })],
  delete_file: [own({ file_id: 'file' })],
  register_webhook: [self({ url })],
  list_webhooks: [self()],
  update_webhook: [own(webhook, { description: 'CRM' })],
  unregister_webhook: [own(webhook)],
  rotate_webhook_secret: [own(webhook)],
  list_webhook_deliveries: [own(webhook)],
  replay_webhook_delivery: [own({ delivery_id: 'delivery' })],
}

export const ALLOWED: Readonly<Record<Side, Readonly<Record<string, readonly Row[]>>>> = { customer, agent, backend }

/** Those who have a live proof of the side. */
export const LIVE = {
  customer: ['customer', 'other customer'],
  agent: ['agent', 'other agent'],
  backend: ['backend', 'other backend'],
} as const satisfies Record<Side, readonly string[]>

export const FACES: readonly FaceSide[] = ['customer', 'agent']
