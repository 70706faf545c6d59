/** Addresses to which bytes can be sent for a while, to become one file and nothing else (FIL9). */
import { hkdfSync } from 'node:crypto'
import type { PendingUpload } from '../domain/context.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import { readJwt, signJwt } from './jwt.ts'

type Asked = Omit<PendingUpload, 'issued_at' | 'expires_at'>

export interface UploadAddresses {
  of(upload: PendingUpload, base: string): Promise<string>
  /** Null for one that was not made here, whose time is up, or whose user was revoked or erased since. */
  read(file_id: string, token: string | null): Promise<Asked | null>
}

const NAMES = { iss: 'porchlight', aud: 'porchlight-upload' } as const
const TYPE = 'porchlight-upload+jwt'
const TYPES = ['customer', 'agent', 'backend'] as const

type Users = Pick<Store, 'customer' | 'agent'>

export function createUploadAddresses(store: Users & Pick<Store, 'secret'>, clock: Clock): UploadAddresses {
  const key = new Uint8Array(hkdfSync('sha256', store.secret, '', 'porchlight upload addresses', 32))
  return {
    async of({ file_id, uploader, name, custom_id, issued_at, expires_at }, base) {
      const { type, id, organization_id } = uploader
      const times = { iat: issued_at / 1000, exp: expires_at / 1000 }
      const claims = { ...NAMES, ...times, sub: file_id, org: organization_id, type, by: id, name, custom_id }
      return `${base}/uploads/${file_id}?token=${await signJwt({ typ: TYPE }, claims, key)}`
    },
    async read(file_id, token) {
      const demands = { typ: TYPE, issuer: NAMES.iss, audience: NAMES.aud, requiredClaims: ['sub', 'iat', 'exp', 'by'] }
      const claims = token === null ? undefined : (await readJwt(token, key, clock.now(), demands))?.claims
      const type = TYPES.find((one) => one === claims?.['type'])
      if (!claims || !type || claims['sub'] !== file_id) return null
      const { org, by, iat, name, custom_id } = claims
      const uploader = { type, id: String(by), organization_id: String(org) }
      if (!(await stands(store, uploader, Math.round(Number(iat) * 1000)))) return null
      return { file_id, uploader, name: String(name), custom_id: typeof custom_id === 'string' ? custom_id : null }
    },
  }
}

/** Whether nobody has revoked or erased the user since. */
async function stands(store: Users, { type, id, organization_id }: Asked['uploader'], issued_at: number): Promise<boolean> {
  if (type === 'backend') return true
  const row = await (type === 'customer' ? store.customer(organization_id, id) : store.agent(organization_id, id))
  return row !== null && row.deleted_at === null && issued_at >= row.not_before
}
