/** How an agent signs in and out: by password or by a link that works once, into a session that a cookie names. */
import { AGENT_SESSION_TTL_S } from '../../protocol/limits.ts'
import type { Static } from '../../protocol/schema.ts'
import { SessionRequest, type SessionResponse } from '../../protocol/tokens.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { endSession, openSession, redeemSignInLink } from '../domain/agents.ts'
import { invalid, Refusal } from '../domain/refusal.ts'
import type { AgentSessionRow } from '../store/account-rows.ts'
import type { Change } from '../store/change.ts'
import { addressKey } from './address.ts'
import type { Asker, Authenticator } from './authenticate.ts'
import { type Dispatcher, isUnwritable, refusalOf } from './dispatch.ts'
import type { Fanout } from './fanout.ts'
import type { Parts } from './parts.ts'
import { verifyPassword } from './passwords.ts'
import { createSecret, hashSecret } from './secrets.ts'

const ACTION = 'sign in'

export interface SignedIn {
  /** For the cookie, and nowhere else; null where no session was opened. */
  readonly secret: string | null
  readonly response: Static<typeof SessionResponse>
}

export class AgentSessions {
  readonly #parts: Parts
  readonly #authenticator: Authenticator
  readonly #dispatcher: Dispatcher
  readonly #fanout: Fanout

  constructor(parts: Parts, authenticator: Authenticator, dispatcher: Dispatcher, fanout: Fanout) {
    this.#parts = parts
    this.#authenticator = authenticator
    this.#dispatcher = dispatcher
    this.#fanout = fanout
  }

  /** Another site can sign nobody in: the browser says where a request comes from. */
  async signIn(asker: Asker, body: unknown): Promise<SignedIn> {
    if (asker.origin !== null) this.#authenticator.requireOwnOrigin(asker, ACTION)
    const problem = firstProblem(SessionRequest, body)
    if (problem) throw invalid(ACTION, problem.path || 'body', problem.why)
    const request = body as SessionRequest
    if ('identity_token' in request) return this.#byToken(asker, request)
    return 'sign_in_token' in request
      ? this.#byLink(asker, request.sign_in_token)
      : this.#byPassword(asker, request.email, request.password)
  }

  /** Whom the browser's cookie speaks for; null for nobody. A page's own reading carries no origin, and the cookie goes to no other site. */
  async current(asker: Asker): Promise<SignedIn['response'] | null> {
    if (asker.origin !== null) this.#authenticator.requireOwnOrigin(asker, 'read the session')
    const session = await this.#authenticator.session(asker)
    return session && responseOf(session, this.#parts.clock.now())
  }

  /** Ends the session and its sockets, wherever they are. */
  async signOut(asker: Asker): Promise<void> {
    this.#authenticator.requireOwnOrigin(asker, 'sign out')
    const session = await this.#authenticator.session(asker)
    if (!session) return
    const now = this.#parts.clock.now()
    await this.#commit(endSession(session.hash, now))
    const { organization_id, agent_id: user_id, hash: session_hash } = session
    this.#fanout.revoke({ organization_id, user_id, not_before: now + 1, reason: 'logged_out_remotely', session_hash })
  }

  /** Counted before it is checked and given back when it was right, so that many guesses at once count one by one. */
  async #byPassword(asker: Asker, email: string, password: string): Promise<SignedIn> {
    const normal = email.trim().toLowerCase()
    const address = addressKey(asker.address)
    const key = `${address} ${normal}`
    this.#count('sign_in', key)
    this.#count('sign_in_any', address)
    const agent = await this.#parts.store.agentByEmail(normal)
    const right = await verifyPassword(password, agent?.password_hash ?? null)
    if (!agent || !right) throw new Refusal('authentication', `unable to ${ACTION}; the e-mail or the password is wrong`)
    this.#parts.rates.give('sign_in', key)
    this.#parts.rates.give('sign_in_any', address)
    const { secret, row } = this.#newSession(agent.organization_id, agent.id)
    await this.#commit(openSession(row))
    return signedIn(secret, row)
  }

  async #byToken(asker: Asker, { license, identity_token }: Extract<SessionRequest, { license: string }>): Promise<SignedIn> {
    this.#count('sign_in_any', addressKey(asker.address))
    const { identity } = await this.#authenticator.agentByToken({ ...asker, license }, identity_token, ACTION)
    this.#parts.rates.give('sign_in_any', addressKey(asker.address))
    const { id: agent_id, organization_id } = identity.principal
    const expires_in = Math.floor((identity.expires_at - this.#parts.clock.now()) / 1000)
    return { secret: null, response: { agent_id, organization_id, expires_in } }
  }

  async #byLink(asker: Asker, token: string): Promise<SignedIn> {
    const address = addressKey(asker.address)
    this.#count('sign_in_any', address)
    const link = await this.#parts.store.signInLink(hashSecret(token))
    if (!link || link.expires_at <= this.#parts.clock.now()) throw usedUp()
    const { secret, row } = this.#newSession(link.organization_id, link.agent_id)
    if (!(await this.#commit(redeemSignInLink(link, row)))) throw usedUp()
    this.#parts.rates.give('sign_in_any', address)
    return signedIn(secret, row)
  }

  #count(rate: 'sign_in' | 'sign_in_any', key: string): void {
    const retry_after_ms = this.#parts.rates.take(rate, key)
    if (retry_after_ms > 0) throw new Refusal('too_many_requests', `unable to ${ACTION}; too many failed attempts`, { retry_after_ms })
  }

  #newSession(organization_id: string, agent_id: string): { secret: string; row: AgentSessionRow } {
    const secret = createSecret()
    const now = this.#parts.clock.now()
    const row = { hash: hashSecret(secret), organization_id, agent_id, created_at: now, expires_at: now + AGENT_SESSION_TTL_S * 1000 }
    return { secret, row }
  }

  /** False when what it relied on was gone. */
  async #commit(change: Change): Promise<boolean> {
    const done = await this.#dispatcher.commit(change)
    if (!done.ok && isUnwritable(done.why)) throw refusalOf(done.why, ACTION)
    return done.ok
  }
}

const usedUp = () => new Refusal('authentication', `unable to ${ACTION}; the link was used already, or is too old`)

const responseOf = ({ agent_id, organization_id, expires_at }: AgentSessionRow, now: number): SignedIn['response'] => ({
  agent_id,
  organization_id,
  expires_in: Math.floor((expires_at - now) / 1000),
})

const signedIn = (secret: string, row: AgentSessionRow): SignedIn => ({ secret, response: responseOf(row, row.created_at) })
