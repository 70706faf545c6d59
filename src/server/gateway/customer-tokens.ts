/** How a customer's device gets its access tokens: by a visitor key of its own making first, by its refresh token ever after (LIN5), or by the host's word (IDN1). */
import { ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } from '../../protocol/limits.ts'
import type { Static } from '../../protocol/schema.ts'
import { TokenRequest, type TokenResponse, TokenRevocation } from '../../protocol/tokens.ts'
import { firstProblem } from '../../protocol/validate.ts'
import type { Identities, Vouched } from '../domain/context.ts'
import {
  addRefreshToken,
  attachIdentity,
  createCustomer,
  forgetDevice,
  meetAgain,
  newCustomer,
  prolongRefreshToken,
  tellOf,
} from '../domain/customers.ts'
import { isOurs } from '../domain/people.ts'
import { invalid, Refusal } from '../domain/refusal.ts'
import type { ClientRow, CustomerRow, RefreshTokenRow } from '../store/account-rows.ts'
import type { Change, Committed } from '../store/change.ts'
import { addressKey } from './address.ts'
import type { Asker, Authenticator } from './authenticate.ts'
import type { Admit } from './channels.ts'
import { type Dispatcher, isUnwritable, refusalOf } from './dispatch.ts'
import type { Fanout } from './fanout.ts'
import { endOf } from './identity-tokens.ts'
import type { Parts } from './parts.ts'
import { createSecret, hashSecret } from './secrets.ts'
import type { AccessTokens } from './tokens.ts'

const ACTION = 'get a token'
/** One device can ask twice at once, and a user can come from two at once: the second look finds what the first made. */
const MAX_LOOKS = 3

interface Needs {
  readonly authenticator: Authenticator
  readonly tokens: AccessTokens
  readonly dispatcher: Dispatcher
  readonly fanout: Fanout
  readonly identities: Identities
  readonly admit: Admit
}

export class CustomerTokens {
  readonly #parts: Parts
  readonly #authenticator: Authenticator
  readonly #tokens: AccessTokens
  readonly #dispatcher: Dispatcher
  readonly #fanout: Fanout
  readonly #identities: Identities
  readonly #admit: Admit

  constructor(parts: Parts, { authenticator, tokens, dispatcher, fanout, identities, admit }: Needs) {
    this.#parts = parts
    this.#authenticator = authenticator
    this.#tokens = tokens
    this.#dispatcher = dispatcher
    this.#fanout = fanout
    this.#identities = identities
    this.#admit = admit
  }

  async grant(asker: Asker, body: unknown): Promise<TokenResponse> {
    const client = await this.#authenticator.tokenClient(asker, ACTION)
    const problem = firstProblem(TokenRequest, body)
    if (problem) throw invalid(ACTION, problem.path || 'body', problem.why)
    const retry_after_ms = this.#parts.rates.take('token', addressKey(asker.address))
    if (retry_after_ms > 0) throw new Refusal('too_many_requests', `unable to ${ACTION}; too many requests`, { retry_after_ms })
    const request = body as TokenRequest
    if (request.grant_type === 'anonymous') return this.#anonymous(client, request.visitor_key)
    if (request.grant_type === 'refresh') return this.#refresh(client, request.refresh_token)
    return this.#identify(client, request.identity_token, request.refresh_token)
  }

  /** Forgetting what is not known is no failure: the device is forgotten either way. */
  async forget(asker: Asker, body: unknown): Promise<void> {
    const client = await this.#authenticator.tokenClient(asker, 'forget the device')
    const problem = firstProblem(TokenRevocation, body)
    if (problem) throw invalid('forget the device', problem.path || 'body', problem.why)
    const row = await this.#parts.store.refreshToken(hashSecret((body as Static<typeof TokenRevocation>).refresh_token))
    if (row && belongs(row, client)) await this.#commit(forgetDevice(row.hash, this.#parts.clock.now()))
  }

  async #anonymous(client: ClientRow, visitor_key: string): Promise<TokenResponse> {
    const hash = hashSecret(visitor_key)
    for (let look = 0; look < MAX_LOOKS; look++) {
      const known = await this.#parts.store.customerByVisitorKey(client.organization_id, hash)
      // A revocation voids the key as it voids every other proof from before it.
      if (known && known.not_before > known.created_at) throw refused()
      const now = this.#parts.clock.now()
      const customer = known ?? newCustomer(this.#parts.id(), client.organization_id, hash, now)
      const { secret, row } = this.#newRefreshToken(client, customer, now, now + REFRESH_TOKEN_TTL_S * 1000)
      if (await this.#commit(known ? addRefreshToken(known, row, hash) : createCustomer(customer, row))) return this.#response(row, secret)
    }
    throw tooMany()
  }

  /** IDN2: who has no customer yet keeps the one they were at this device, as long as nobody else is that one. */
  async #identify(client: ClientRow, token: string, shown: string | undefined): Promise<TokenResponse> {
    const { clock, id } = this.#parts
    const { organization_id } = client
    const reading = { action: ACTION, field: 'identity_token', role: 'customer' } as const
    const was = shown === undefined ? '' : hashSecret(shown)
    for (let look = 0; look < MAX_LOOKS; look++) {
      const vouched = await this.#identities.read(organization_id, token, reading)
      const { subject, said, issued_at } = vouched
      const known = await this.#subjectOf(organization_id, subject)
      if (known ? issued_at < known.not_before || known.status === 'suspended' : await this.#isAnothers(organization_id, subject))
        throw refused()
      const now = clock.now()
      const anonymous = known ? null : await this.#holderOf(was, client, now)
      const told = { ...said, external_id: 'external_id' in subject ? subject.external_id : null }
      const customer = known ?? anonymous ?? { ...newCustomer(id(), organization_id, null, now), ...told }
      const { secret, row } = this.#newRefreshToken(client, customer, now, endOf(vouched))
      const change = known ? meetAgain(known, said, was, row) : attachIdentity(customer, told, was, row)
      const done = await this.#commit(known || anonymous ? change : createCustomer(customer, row))
      if (!done) continue
      await this.#tell(customer, done)
      await this.#admit({ type: 'customer', row: customer }, vouched, ACTION)
      return this.#response(row, secret)
    }
    throw tooMany()
  }

  #subjectOf(organization_id: string, subject: Vouched['subject']): Promise<CustomerRow | null> {
    const { store } = this.#parts
    return 'user_id' in subject
      ? store.customer(organization_id, subject.user_id)
      : store.customerByExternalId(organization_id, subject.external_id)
  }

  /** USR2: an id that names somebody else, or one of ours, makes nobody. */
  async #isAnothers(organization_id: string, subject: Vouched['subject']): Promise<boolean> {
    if ('user_id' in subject) return true
    const { store } = this.#parts
    const agent = await store.agentByExternalId(organization_id, subject.external_id)
    return agent !== null || isOurs(store, organization_id, subject.external_id)
  }

  async #holderOf(hash: string, client: ClientRow, now: number): Promise<CustomerRow | null> {
    const customer = (await this.#standing(hash, client, now))?.customer
    return customer?.external_id === null ? customer : null
  }

  /** The token that the client was given, and whose it is, as long as it is good. */
  async #standing(hash: string, client: ClientRow, now: number): Promise<{ row: RefreshTokenRow; customer: CustomerRow } | null> {
    const row = await this.#parts.store.refreshToken(hash)
    if (!row || !belongs(row, client) || row.expires_at <= now) return null
    const customer = await this.#parts.store.customer(row.organization_id, row.customer_id)
    return customer && row.created_at >= customer.not_before ? { row, customer } : null
  }

  /** IDN5 */
  async #tell({ organization_id, id }: CustomerRow, committed: Committed): Promise<void> {
    this.#fanout.committed(organization_id, committed, null)
    const changed = committed.user_entries.length > 0 && (await this.#parts.store.customer(organization_id, id))
    if (changed) this.#fanout.signal(organization_id, tellOf(changed))
  }

  async #refresh(client: ClientRow, secret: string): Promise<TokenResponse> {
    const now = this.#parts.clock.now()
    const held = await this.#standing(hashSecret(secret), client, now)
    if (!held) throw refused()
    const { row, customer } = held
    const life = REFRESH_TOKEN_TTL_S * 1000
    // A device in use never has to introduce itself again, and a token is written once a year at most. IDN4: the host's word ends when it says.
    if (customer.external_id === null && row.expires_at - now < life / 2) await this.#commit(prolongRefreshToken(row.hash, now + life, now))
    return this.#response(row, secret)
  }

  #newRefreshToken(client: ClientRow, customer: CustomerRow, now: number, expires_at: number): { secret: string; row: RefreshTokenRow } {
    const secret = createSecret()
    const { organization_id, id: client_id } = client
    return { secret, row: { hash: hashSecret(secret), organization_id, customer_id: customer.id, client_id, created_at: now, expires_at } }
  }

  async #response({ expires_at, ...subject }: RefreshTokenRow, refresh_token: string): Promise<TokenResponse> {
    const left = Math.floor((expires_at - this.#parts.clock.now()) / 1000)
    const expires_in = Math.min(ACCESS_TOKEN_TTL_S, left)
    const access_token = await this.#tokens.issue({ ...subject, proof_ends_at: expires_at }, expires_in)
    return { access_token, token_type: 'Bearer', expires_in, customer_id: subject.customer_id, refresh_token }
  }

  /** Null when another request was first. */
  async #commit(change: Change): Promise<Committed | null> {
    const done = await this.#dispatcher.commit(change)
    if (done.ok) return done.committed
    if (isUnwritable(done.why)) throw refusalOf(done.why, ACTION)
    return null
  }
}

const belongs = (row: RefreshTokenRow, client: ClientRow) => row.client_id === client.id && row.organization_id === client.organization_id

const refused = () => new Refusal('authentication', `unable to ${ACTION}; the grant is wrong, expired or revoked`)

const tooMany = () => new Refusal('service_unavailable', `unable to ${ACTION}; the same visitor is asking too often at once`)
