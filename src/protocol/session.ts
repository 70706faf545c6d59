/** Login, what it resumes and what it announces, keeping the link alive, and the reasons for its end. */
import { MAX_LOGIN_CHATS } from './limits.ts'
import { closed, Epoch, Id, open, optional, Seq, type Static, Type, text } from './schema.ts'
import { Address, Agent, Customer, CustomerDetails, CustomerPage } from './users.ts'

/** What a returning client holds: its epoch, its place in its own log, and in up to 200 chats. */
const held = {
  epoch: optional(Epoch),
  user_seq: optional(Seq),
  chats: optional(Type.Array(closed({ chat_id: Id, seq: Seq }), { maxItems: MAX_LOGIN_CHATS })),
  application: optional(closed({ name: text(64), version: optional(text(64)) })),
}

/**
 * A chat that is not as the client holds it: `moved` (catch up to `seq`), `reset` (the log is not the one the client
 * counted: load it again) or `gone` (no longer the user's: drop the copy). Chats not named here are up to date and live.
 */
export const HeldChat = open({
  chat_id: Id,
  seq: Seq,
  status: Type.Union([Type.Literal('moved'), Type.Literal('reset'), Type.Literal('gone')]),
})
export type HeldChat = Static<typeof HeldChat>

const welcome = {
  version: Type.String(),
  /** Names of the actions and fields this server takes. A client sends no other. */
  features: Type.Array(Type.String()),
  epoch: Epoch,
  /** The head of the user's own log. */
  user_seq: Seq,
  chats: Type.Array(HeldChat),
}

export const CustomerWelcome = open({
  ...welcome,
  customer_id: Id,
  customer: Customer,
  /** Good for asking how much is unread, and for nothing else. */
  unread_token: optional(Type.String()),
})
export type CustomerWelcome = Static<typeof CustomerWelcome>
/** Whose events agents may edit, and delete: their own, or all. */
const Whose = Type.Union([Type.Literal('own'), Type.Literal('all')])
const AgentPolicies = open({ agents_edit: Whose, agents_delete: Whose })
export type AgentPolicies = Static<typeof AgentPolicies>

export const AgentWelcome = open({
  ...welcome,
  agent_id: Id,
  my_profile: Agent,
  organization: open({ id: Id, name: Type.String(), policies: optional(AgentPolicies) }),
})
export type AgentWelcome = Static<typeof AgentWelcome>

export const session = {
  customerLogin: {
    request: closed({
      token: text(4096, 1),
      customer: optional(CustomerDetails),
      customer_page: optional(CustomerPage),
      referrer: optional(Address),
      ...held,
    }),
    response: CustomerWelcome,
  },
  agentLogin: {
    /** An identity token of role `agent`; without one the handshake's session cookie speaks for the agent. */
    request: closed({ token: optional(text(8192, 1)), ...held }),
    response: AgentWelcome,
  },
  ping: { request: closed({}), response: open({}) },
  /** A fresh token for a live socket, before the old one ends. */
  update: { request: closed({ token: text(4096, 1) }), response: open({ expires_in: Type.Integer() }) },
}
