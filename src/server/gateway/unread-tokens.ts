/** Tokens that a page keeps of a login to ask how much is unread, for as long as its visitor may stay away, and that are good for nothing else (LIN10). */
import { hkdfSync } from 'node:crypto'
import { UNREAD_TOKEN_TTL_S } from '../../protocol/limits.ts'
import type { ClientRow, CustomerRow } from '../store/account-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import { readJwt, signJwt } from './jwt.ts'
import type { Claims } from './tokens.ts'

export interface UnreadTokens {
  /** For who has shown these claims. */
  issue(customer: CustomerRow, claims: Pick<Claims, 'client_id' | 'proof_ends_at'>): Promise<string>
  /** Null for whatever this server did not sign for the client, and where time or a revocation ended it. */
  read(token: string, client: ClientRow): Promise<CustomerRow | null>
}

const NAMES = { iss: 'porchlight', aud: 'porchlight-unread' } as const
const TYPE = 'porchlight-unread+jwt'

export function createUnreadTokens(store: Pick<Store, 'secret' | 'customer'>, clock: Clock): UnreadTokens {
  const key = new Uint8Array(hkdfSync('sha256', store.secret, '', 'porchlight unread tokens', 32))
  return {
    issue({ id, organization_id, external_id }, { client_id, proof_ends_at }) {
      const iat = clock.now() / 1000
      const exp = Math.min(iat + UNREAD_TOKEN_TTL_S, proof_ends_at / 1000)
      const claims = { org: organization_id, cid: client_id, sub: id, known: external_id !== null, iat, exp }
      return signJwt({ typ: TYPE }, { ...NAMES, ...claims }, key)
    },
    async read(token, client) {
      const demands = { typ: TYPE, issuer: NAMES.iss, audience: NAMES.aud, requiredClaims: ['sub', 'iat', 'exp'] }
      const { org, cid, sub, known, iat } = (await readJwt(token, key, clock.now(), demands))?.claims ?? {}
      if (org !== client.organization_id || cid !== client.id) return null
      const customer = await store.customer(client.organization_id, String(sub))
      // IDN3: who was anonymous when it was given need not be the one whom the host knows.
      return customer && Number(iat) * 1000 >= customer.not_before && known === (customer.external_id !== null) ? customer : null
    },
  }
}
