/** Addresses to which bytes can be sent for a while, to become one file and nothing else (FIL9). */
import { hkdfSync } from 'node:crypto'
import type { PendingUpload } from '../domain/context.ts'
import type { Clock } from './clock.ts'
import { readJwt, signJwt } from './jwt.ts'

export interface UploadAddresses {
  of(upload: PendingUpload, base: string): Promise<string>
  /** Null for one that was not made here, or whose time is up. */
  read(file_id: string, token: string | null): Promise<Omit<PendingUpload, 'expires_at'> | null>
}

const NAMES = { iss: 'porchlight', aud: 'porchlight-upload' } as const
const TYPE = 'porchlight-upload+jwt'

export function createUploadAddresses(secret: Uint8Array, clock: Clock): UploadAddresses {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'porchlight upload addresses', 32))
  return {
    async of({ file_id, organization_id, name, custom_id, expires_at }, base) {
      const claims = { ...NAMES, sub: file_id, org: organization_id, name, custom_id, exp: expires_at / 1000 }
      return `${base}/uploads/${file_id}?token=${await signJwt({ typ: TYPE }, claims, key)}`
    },
    async read(file_id, token) {
      const demands = { typ: TYPE, issuer: NAMES.iss, audience: NAMES.aud, requiredClaims: ['sub', 'exp'] }
      const claims = token === null ? undefined : (await readJwt(token, key, clock.now(), demands))?.claims
      if (!claims || claims['sub'] !== file_id) return null
      const { org, name, custom_id } = claims
      return { file_id, organization_id: String(org), name: String(name), custom_id: typeof custom_id === 'string' ? custom_id : null }
    },
  }
}
