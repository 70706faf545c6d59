/** Tokens for your users: made, renewed, voided and read. */
import type { Client } from './client.ts'
import { PorchlightError } from './errors.ts'
import type { RequestOptions } from './options.ts'
import { signToken } from './tokens.ts'
import type { CreateTokenParams, Token, VerifiedToken } from './types.ts'

export class Auth {
  readonly #client: Client
  readonly #identitySecret: string | undefined
  readonly #now: () => number

  #token: string | undefined

  /** @internal */
  constructor(client: Client, identitySecret: string | undefined, now: () => number) {
    this.#client = client
    this.#identitySecret = identitySecret
    this.#now = now
  }

  /** The token that `verify` is about from now on. From tegrabox (`setJwtToken`). */
  setToken(token: string): void {
    this.#token = token
  }

  /**
   * A token with which the user's page or app says who they are: `init({ getToken: () => token })`. The user is made if need be,
   * described as you say, and let into `channels` at once. With `identitySecret` it is signed here, without a request and without
   * an API key; the server then does the same when the token is shown for the first time.
   *
   * Scope `auth`. Errors: `validation`, `authorization` (the user is suspended), `not_found` (no such channel), `conflict` (the id
   * is of a user of another role). From oichat and tegrabox.
   *
   * @param params who, and what is said of them
   * @example const { token } = await porchlight.auth.createToken({ user_id: 'user-123', user_name: 'Ann' })
   */
  async createToken(params: CreateTokenParams, options?: RequestOptions): Promise<Token> {
    if (this.#identitySecret !== undefined) return signToken(params, this.#identitySecret, this.#now())
    return this.#client.act('create_token', params, true, options)
  }

  /**
   * A new token for the same user that says the same, until 24 h after the old one's end, and never after a revocation.
   *
   * Scope `auth`. Errors: `authentication`. From oichat.
   *
   * @example const { token } = await porchlight.auth.refreshToken({ token: expired })
   */
  refreshToken(params: { token: string }, options?: RequestOptions): Promise<Token> {
    return this.#client.act('refresh_token', params, false, options)
  }

  /**
   * Voids every token, device and session of the user; open sockets end within a second.
   *
   * Scope `auth`. Errors: `not_found`. From tegrabox (`users.revokeToken`).
   *
   * @param user your id of them, or ours
   */
  revokeTokens(user: string, options?: RequestOptions): Promise<{ revoked_before: string }> {
    return this.#client.act('revoke_tokens', { user_id: user }, true, options)
  }

  /**
   * Whose token it is, as long as it is good.
   *
   * Scope `auth`. Errors: `authentication`. From tegrabox.
   *
   * @param token the one of `setToken` unless given
   * @example const { user } = await porchlight.auth.verify(token)
   */
  async verify(token = this.#token, options?: RequestOptions): Promise<VerifiedToken> {
    if (token === undefined) throw new PorchlightError('unable to verify; token is missing', { code: 'validation' })
    return this.#client.act('verify_token', { token }, false, options)
  }
}
