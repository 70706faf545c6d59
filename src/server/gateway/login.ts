/** Logging in over a socket: proves who speaks, subscribes before it reads, and says what of the held chats has moved (LIN4). */
import type { AgentRequestOf, RequestOf } from '../../protocol/actions.ts'
import type { RequestFrame } from '../../protocol/envelope.ts'
import { MAX_SOCKETS_PER_USER } from '../../protocol/limits.ts'
import type { AgentPolicies } from '../../protocol/session.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { rememberVisit } from '../domain/customers.ts'
import { policiesIn } from '../domain/organizations.ts'
import { presentAgent, presentCustomer } from '../domain/present.ts'
import { Refusal } from '../domain/refusal.ts'
import { resumeHeld } from '../domain/sync.ts'
import type { CustomerRow, OrganizationRow } from '../store/account-rows.ts'
import { featuresOf } from './dispatch.ts'
import type { Gateway } from './gateway.ts'
import type { Identity } from './identity.ts'
import type { Session } from './session.ts'

type CustomerLogin = RequestOf<'login'>
type AgentLogin = AgentRequestOf<'login'>

/** Who logs in, and what the answer says of them. */
interface Visitor {
  readonly identity: Identity
  greeting(): Promise<object>
}

export async function logIn(gateway: Gateway, session: Session, request: RequestFrame, payload: unknown): Promise<void> {
  const visitor =
    session.side === 'agent'
      ? await agentOf(gateway, session, payload as AgentLogin)
      : await customerOf(gateway, session, payload as CustomerLogin)
  if (session.ended) return
  const { identity } = visitor
  refuseCrowd(gateway, identity)
  session.identify(identity)
  // Subscribe first, then read: what is committed in between is noticed and brought after the answer.
  await gateway.fanout.join(identity.principal.organization_id, session)
  await requireStanding(gateway, identity)
  const held = payload as CustomerLogin | AgentLogin
  const greeting = await visitor.greeting()
  const chats = await resumeHeld(session.ctx, held)
  const user_seq = await gateway.parts.store.userHead(identity.principal.id)
  if (session.ended) return
  const { epoch } = gateway.parts.store
  session.requests.answer(request, { version: PROTOCOL_VERSION, features: featuresOf(session.side), epoch, user_seq, chats, ...greeting })
  session.catchUp.begin(held.chats ?? [], chats, user_seq)
  session.goLive()
}

/** LIN6: a fresh token for a live socket, of the same customer. */
export async function renew(gateway: Gateway, session: Session, payload: unknown): Promise<object> {
  const { token } = payload as RequestOf<'update_session'>
  const { identity } = await gateway.authenticator.customer(session.handshake, token, 'update_session')
  if (identity.principal.id !== session.ctx.principal.id) {
    throw new Refusal('authentication', 'unable to update_session; the token is of another customer')
  }
  session.identify(identity)
  return { expires_in: Math.max(0, Math.floor((identity.expires_at - gateway.parts.clock.now()) / 1000)) }
}

async function customerOf(gateway: Gateway, session: Session, login: CustomerLogin): Promise<Visitor> {
  const { identity, customer, claims } = await gateway.authenticator.customer(session.handshake, login.token, 'login')
  return {
    identity,
    greeting: async () => ({
      customer_id: customer.id,
      customer: presentCustomer(await remembered(gateway, customer, login), 'public'),
      unread_token: await gateway.unreadTokens.issue(customer, claims),
    }),
  }
}

async function agentOf(gateway: Gateway, session: Session, login: AgentLogin): Promise<Visitor> {
  const { authenticator } = gateway
  const { handshake } = session
  const signedIn =
    login.token === undefined ? authenticator.agent(handshake, 'login') : authenticator.agentByToken(handshake, login.token, 'login')
  const { identity, agent, organization } = await signedIn
  return {
    identity,
    greeting: async () => ({
      agent_id: agent.id,
      my_profile: presentAgent(agent, 'agents'),
      organization: { id: organization.id, name: organization.name, policies: agentPolicies(organization) },
    }),
  }
}

/** EDT5: what a face offers to agents. */
function agentPolicies(organization: OrganizationRow): AgentPolicies {
  const { agents_edit, agents_delete } = policiesIn(organization)
  return { agents_edit, agents_delete }
}

/** The customer with what this login tells of them and their page. */
async function remembered(gateway: Gateway, customer: CustomerRow, login: CustomerLogin): Promise<CustomerRow> {
  const { customer_page: page, referrer } = login
  const visit = { ...(page && { page }), ...(referrer !== undefined && { referrer }) }
  const news = rememberVisit(customer, login.customer, visit, gateway.parts.clock.now())
  const done = news && (await gateway.dispatcher.commit(news.change))
  // A full disk does not keep anyone from reading: the visit is told again at the next login.
  if (!news || !done?.ok) return customer
  gateway.fanout.committed(customer.organization_id, done.committed, null)
  const known = (await gateway.parts.store.customer(customer.organization_id, customer.id)) ?? customer
  for (const signal of news.tell(known)) gateway.fanout.signal(customer.organization_id, signal)
  return known
}

/** LIN7: who was revoked before the socket listened is told so by nobody, so the proof is looked at once more. */
async function requireStanding({ parts: { store } }: Gateway, { principal, issued_at, session_hash }: Identity): Promise<void> {
  const { organization_id, id, type } = principal
  const user = type === 'agent' ? await store.agent(organization_id, id) : await store.customer(organization_id, id)
  const ended = session_hash !== null && (await store.agentSession(session_hash)) === null
  if (!user || user.deleted_at !== null || ended || issued_at < user.not_before)
    throw new Refusal('authentication', 'unable to login; the access was revoked')
}

function refuseCrowd(gateway: Gateway, { principal }: Identity): void {
  if (gateway.fanout.socketsOf(principal.organization_id, principal.id).size < MAX_SOCKETS_PER_USER) return
  throw new Refusal('too_many_requests', `unable to login; the user has ${MAX_SOCKETS_PER_USER} sockets already`, {
    retry_after_ms: 30_000,
  })
}
