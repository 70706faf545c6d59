/** How a customer's device gets its access tokens: by a visitor key of its own making first, by its refresh token ever after (LIN5). */
import { ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } from '../../protocol/limits.ts'
import type { Static } from '../../protocol/schema.ts'
import { TokenRequest, type TokenResponse, TokenRevocation } from '../../protocol/tokens.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { addRefreshToken, createCustomer, forgetDevice, newCustomer, prolongRefreshToken } from '../domain/customers.ts'
import { invalid, Refusal } from '../domain/refusal.ts'
import type { ClientRow, CustomerRow, RefreshTokenRow } from '../store/rows.ts'
import { addressKey } from './address.ts'
import type { Asker, Authenticator } from './authenticate.ts'
import { type Dispatcher, isUnwritable, refusalOf } from './dispatch.ts'
import type { Parts } from './parts.ts'
import { createSecret, hashSecret } from './secrets.ts'
import type { AccessTokens } from './tokens.ts'

const ACTION = 'get a token'
/** Two devices cannot have the same visitor key, but one can ask twice at once: the second look finds what the first made. */
const MAX_LOOKS = 3

export class CustomerTokens {
  readonly #parts: Parts
  readonly #authenticator: Authenticator
  readonly #tokens: AccessTokens
  readonly #dispatcher: Dispatcher

  constructor(parts: Parts, authenticator: Authenticator, tokens: AccessTokens, dispatcher: Dispatcher) {
    this.#parts = parts
    this.#authenticator = authenticator
    this.#tokens = tokens
    this.#dispatcher = dispatcher
  }

  async grant(asker: Asker, body: unknown): Promise<TokenResponse> {
    const client = await this.#authenticator.tokenClient(asker, ACTION)
    const problem = firstProblem(TokenRequest, body)
    if (problem) throw invalid(ACTION, problem.path || 'body', problem.why)
    const retry_after_ms = this.#parts.rates.take('token', addressKey(asker.address))
    if (retry_after_ms > 0) throw new Refusal('too_many_requests', `unable to ${ACTION}; too many requests`, { retry_after_ms })
    const request = body as TokenRequest
    return request.grant_type === 'anonymous' ? this.#anonymous(client, request.visitor_key) : this.#refresh(client, request.refresh_token)
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
      const { secret, row } = this.#newRefreshToken(client, customer, now)
      if (await this.#commit(known ? addRefreshToken(row) : createCustomer(customer, row)))
        return this.#response(client, customer.id, secret)
    }
    throw new Refusal('service_unavailable', `unable to ${ACTION}; the same visitor_key is asking too often at once`)
  }

  async #refresh(client: ClientRow, secret: string): Promise<TokenResponse> {
    const row = await this.#parts.store.refreshToken(hashSecret(secret))
    const now = this.#parts.clock.now()
    if (!row || !belongs(row, client) || row.expires_at <= now) throw refused()
    const customer = await this.#parts.store.customer(row.organization_id, row.customer_id)
    if (!customer || row.created_at < customer.not_before) throw refused()
    const life = REFRESH_TOKEN_TTL_S * 1000
    // A device in use never has to introduce itself again, and a token is written once a year at most.
    if (row.expires_at - now < life / 2) await this.#commit(prolongRefreshToken(row.hash, now + life, now))
    return this.#response(client, customer.id, secret)
  }

  #newRefreshToken(client: ClientRow, customer: CustomerRow, now: number): { secret: string; row: RefreshTokenRow } {
    const secret = createSecret()
    const { organization_id, id: client_id } = client
    const expires_at = now + REFRESH_TOKEN_TTL_S * 1000
    return { secret, row: { hash: hashSecret(secret), organization_id, customer_id: customer.id, client_id, created_at: now, expires_at } }
  }

  async #response(client: ClientRow, customer_id: string, refresh_token: string): Promise<TokenResponse> {
    const subject = { customer_id, organization_id: client.organization_id, client_id: client.id }
    const access_token = await this.#tokens.issue(subject)
    return { access_token, token_type: 'Bearer', expires_in: ACCESS_TOKEN_TTL_S, customer_id, refresh_token }
  }

  /** False when another request was first. */
  async #commit(change: Parameters<Dispatcher['commit']>[0]): Promise<boolean> {
    const done = await this.#dispatcher.commit(change)
    if (!done.ok && isUnwritable(done.why)) throw refusalOf(done.why, ACTION)
    return done.ok
  }
}

const belongs = (row: RefreshTokenRow, client: ClientRow) => row.client_id === client.id && row.organization_id === client.organization_id

const refused = () => new Refusal('authentication', `unable to ${ACTION}; the grant is wrong, expired or revoked`)
