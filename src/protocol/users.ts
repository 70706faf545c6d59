/** Customers, agents and bots as the wire shows them, alone and as users of a chat, and what back ends do with them. */

import { MAX_CUSTOM_FIELDS, MAX_FRAME_BYTES, MAX_SESSION_FIELDS } from './limits.ts'
import { listing } from './lists.ts'
import { closed, Id, open, optional, orNull, Seq, type Static, Time, Type, text } from './schema.ts'

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
  /** Shown to agents and to themselves. */
  email: optional(Type.String()),
  avatar: optional(Type.String()),
  /** Shown to agents and to themselves; to others none. */
  session_fields: SessionFields,
  created_at: Time,
  /** What the host calls them beside their name. */
  username: optional(Type.String()),
  nickname: optional(Type.String()),
  /** A word beside the name, such as `VIP`. */
  badge: optional(Type.String()),
  /** The host's own id of them, whom its back end has vouched for. */
  external_id: optional(Type.String()),
  /** Shown to agents only. */
  page: optional(open({ url: Type.String(), title: optional(Type.String()) })),
  /** The address that led to the page of the last visit. Shown to agents only. */
  referrer: optional(Type.String()),
})
export type Customer = Static<typeof Customer>

export const Agent = open({
  id: Id,
  type: Type.Union([Type.Literal('agent'), Type.Literal('bot')]),
  name: Type.String(),
  avatar: optional(Type.String()),
  job_title: optional(Type.String()),
  /** Shown to agents only. */
  email: optional(Type.String()),
})
export type Agent = Static<typeof Agent>

export const User = Type.Union([Customer, Agent])
export type User = Static<typeof User>

/** What a user of a direct or group chat may do with it: `owner` and `admin` change it and who is in it. */
export const Role = Type.Union([Type.Literal('owner'), Type.Literal('admin'), Type.Literal('member')])
export type Role = Static<typeof Role>

const membership = {
  /** False once the user has left; earlier events still need the name. */
  present: Type.Boolean(),
  /** The read mark: everything up to this entry was seen. */
  seen_seq: Seq,
  /** The time of the last event at or before the mark. */
  events_seen_up_to: optional(Time),
  /** Of direct and group chats. */
  role: optional(Role),
}
export const ChatUser = Type.Union([open({ ...Customer.properties, ...membership }), open({ ...Agent.properties, ...membership })])
export type ChatUser = Static<typeof ChatUser>

/** Names a user: by the host's own id or by ours, which never mean two. */
export const UserRef = text(255, 1)

/** Flat data of the host's own about a user, shown to back ends only. */
export const CustomFields = Type.Record(text(64, 1), Type.Union([text(4096), Type.Number(), Type.Boolean()]), {
  maxProperties: MAX_CUSTOM_FIELDS,
})
export type CustomFields = Static<typeof CustomFields>

/** Who is suspended is signed out and gets no token until they are active again. */
export const UserStatus = Type.Union([Type.Literal('active'), Type.Literal('suspended')])
export type UserStatus = Static<typeof UserStatus>

export const UserType = Type.Union([Type.Literal('customer'), Type.Literal('agent'), Type.Literal('bot')])

const Name = text(255, 1)
const Email = text(255, 3)
const Avatar = text(2048, 1)
const Badge = text(64, 1)

const described = {
  /** Of which there is one in the organization. */
  username: optional(Name),
  display_name: optional(Name),
  nickname: optional(Name),
  email: optional(Email),
  avatar: optional(Avatar),
  badge: optional(Badge),
  status: optional(UserStatus),
  custom: optional(CustomFields),
}

/** Null takes away what was there. */
const redescribed = {
  username: optional(orNull(Name)),
  display_name: optional(orNull(Name)),
  nickname: optional(orNull(Name)),
  email: optional(orNull(Email)),
  avatar: optional(orNull(Avatar)),
  badge: optional(orNull(Badge)),
  status: optional(UserStatus),
  custom: optional(CustomFields),
}

/** A user as a back end sees them. */
export const BackendUser = open({
  id: Id,
  type: UserType,
  /** Absent on visitors whom the host does not know. */
  external_id: optional(Type.String()),
  username: optional(Type.String()),
  display_name: optional(Type.String()),
  nickname: optional(Type.String()),
  email: optional(Type.String()),
  avatar: optional(Type.String()),
  badge: optional(Type.String()),
  status: UserStatus,
  custom: CustomFields,
  created_at: Time,
})
export type BackendUser = Static<typeof BackendUser>

const oneUser = open({ user: BackendUser })
const ofUser = closed({ user_id: UserRef })

/** For back ends. */
export const backendUsers = {
  /** The same external id again is the same user: what is new of them is added, and what is otherwise there already is `conflict`. */
  create: { request: closed({ external_id: text(255, 1), type: optional(UserType), ...described }), response: oneUser },
  get: { request: ofUser, response: oneUser },
  /** Newest first; customers unless another type is asked for, and of them those whom the host knows unless `anonymous`. */
  list: listing({ type: optional(UserType), anonymous: optional(Type.Boolean()) }, BackendUser),
  /** Sets what it names; null takes away. */
  update: {
    request: closed({ user_id: UserRef, ...redescribed }),
    response: oneUser,
  },
  /** Erases the person. What they wrote is blanked, and the chats they were in stay for the others. */
  delete: {
    request: ofUser,
    response: open({
      user_id: Id,
      /** In words, for whoever has to answer for it. */
      erased: Type.Array(Type.String()),
      /** What stays without the person: so many chats that name somebody unnamed, and so many events without content. */
      remaining: open({ chats: Type.Integer(), blanked_events: Type.Integer() }),
    }),
  },
}

const told = open({ customer: Customer, user_seq: Seq })

/** An event that names the user. */
export const Mention = open({ chat_id: Id, event_id: Id, author_id: optional(Id) })
export type Mention = Static<typeof Mention>

/** Pushes of a user's own log, numbered by `user_seq`, and the requests that concern users. */
export const users = {
  /** Session fields are merged by key; what is not named stays. */
  updateCustomer: { request: CustomerDetails, response: told },
  /** In the place of all that were there. */
  setSessionFields: { request: closed({ session_fields: SessionFields }), response: told },
  /** Agents are told which page the customer is on now. */
  updatePage: { request: CustomerPage, response: open({}) },
  /** Mentions of events that the user has not read, the oldest first. */
  listMentions: { request: closed({}), response: open({ mentions: Type.Array(Mention) }) },
  getCustomer: { request: closed({ id: optional(Id) }), response: open({ customer: Customer }) },
  syncUser: {
    request: closed({ after: Seq, limit: optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
    response: open({ entries: Type.Array(Type.Unknown()), head: Seq }),
  },
}
