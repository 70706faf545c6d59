/** Customers and agents as the wire shows them, alone and as users of a chat. */
import { MAX_FRAME_BYTES, MAX_SESSION_FIELDS } from './limits.ts'
import { closed, Id, open, optional, Seq, type Static, Time, Type, text } from './schema.ts'

/** An array of one-key objects, so that the order the site gave survives. */
export const SessionFields = Type.Array(Type.Record(text(128, 1), text(4096), { minProperties: 1, maxProperties: 1 }), {
  maxItems: MAX_SESSION_FIELDS,
})
export type SessionFields = Static<typeof SessionFields>

/** Of any length that a frame has room for. */
export const Address = text(MAX_FRAME_BYTES)

export const CustomerPage = closed({ url: text(MAX_FRAME_BYTES, 1), title: optional(text(MAX_FRAME_BYTES)) })
export type CustomerPage = Static<typeof CustomerPage>

/** What a customer may say of themselves. */
export const CustomerDetails = closed({
  name: optional(text(255)),
  email: optional(text(255)),
  avatar: optional(text(2048)),
  session_fields: optional(SessionFields),
})
export type CustomerDetails = Static<typeof CustomerDetails>

export const Customer = open({
  id: Id,
  type: Type.Literal('customer'),
  name: optional(Type.String()),
  email: optional(Type.String()),
  avatar: optional(Type.String()),
  session_fields: SessionFields,
  created_at: Time,
  /** The host's own id of them, whom its back end has vouched for. Shown to agents only. */
  external_id: optional(Type.String()),
  /** Shown to agents only. */
  page: optional(open({ url: Type.String(), title: optional(Type.String()) })),
  /** The address that led to the page of the last visit. Shown to agents only. */
  referrer: optional(Type.String()),
})
export type Customer = Static<typeof Customer>

export const Agent = open({
  id: Id,
  type: Type.Literal('agent'),
  name: Type.String(),
  avatar: optional(Type.String()),
  job_title: optional(Type.String()),
  /** Shown to agents only. */
  email: optional(Type.String()),
})
export type Agent = Static<typeof Agent>

export const User = Type.Union([Customer, Agent])
export type User = Static<typeof User>

const membership = {
  /** False once the user has left; earlier events still need the name. */
  present: Type.Boolean(),
  /** The read mark: everything up to this entry was seen. */
  seen_seq: Seq,
  /** The time of the last event at or before the mark. */
  events_seen_up_to: optional(Time),
}
export const ChatUser = Type.Union([open({ ...Customer.properties, ...membership }), open({ ...Agent.properties, ...membership })])
export type ChatUser = Static<typeof ChatUser>

const told = open({ customer: Customer, user_seq: Seq })

/** Pushes of a user's own log, numbered by `user_seq`, and the requests that concern users. */
export const users = {
  /** Session fields are merged by key; what is not named stays. */
  updateCustomer: { request: CustomerDetails, response: told },
  /** In the place of all that were there. */
  setSessionFields: { request: closed({ session_fields: SessionFields }), response: told },
  /** Agents are told which page the customer is on now. */
  updatePage: { request: CustomerPage, response: open({}) },
  getCustomer: { request: closed({ id: optional(Id) }), response: open({ customer: Customer }) },
  syncUser: {
    request: closed({ after: Seq, limit: optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
    response: open({ entries: Type.Array(Type.Unknown()), head: Seq }),
  },
}
