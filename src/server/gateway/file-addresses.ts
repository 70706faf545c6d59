/** The addresses of files: whoever has one may read the file until it ends, so each is signed and none can be made up (FIL6). */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { FILE_URL_TTL_S } from '../../protocol/limits.ts'
import type { FileAddresses } from '../domain/context.ts'
import type { FileRow } from '../store/rows.ts'
import type { Clock } from './clock.ts'

export interface FileSigner {
  /** For those who reach the server at this address, such as `https://chat.example.com`. */
  at(base: string): FileAddresses
  /** What is left of an address in seconds, 0 when its time is up; null for one that was not made here. */
  left(id: string, exp: string | null, sig: string | null): number | null
}

/** An address is the same for so long, so that what is shown again is found in the browser's cache. */
const STEP_S = 300
/** Callers choose the name by which they call. */
const MAX_BASES = 100

export function createFileSigner(secret: Uint8Array, clock: Clock): FileSigner {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'porchlight file addresses', 32))
  const sign = (id: string, exp: string) => createHmac('sha256', key).update(`${id} ${exp}`).digest('base64url')
  const seconds = () => Math.floor(clock.now() / 1000)
  const bases = new Map<string, FileAddresses>()

  const addressesAt = (base: string): FileAddresses => ({
    base,
    addressOf({ id, name }: FileRow) {
      const exp = String(Math.floor((seconds() + FILE_URL_TTL_S) / STEP_S) * STEP_S)
      return `${base}/files/${id}/${encodeURIComponent(name)}?exp=${exp}&sig=${sign(id, exp)}`
    },
  })

  return {
    at(base) {
      if (bases.size >= MAX_BASES) bases.clear()
      const known = bases.get(base) ?? addressesAt(base)
      bases.set(base, known)
      return known
    },
    left(id, exp, sig) {
      const [good, given] = [Buffer.from(sign(id, exp ?? '')), Buffer.from(sig ?? '')]
      if (good.length !== given.length || !timingSafeEqual(good, given)) return null
      return Math.max(0, Number(exp) - seconds())
    },
  }
}
