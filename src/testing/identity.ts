/** What the back end of a host does for the people who are signed in there: it vouches for them. */
import { createHmac } from 'node:crypto'

/** What it may say besides who somebody is. */
export interface Saying {
  readonly name?: string
  readonly email?: string
  readonly role?: string
  readonly channels?: readonly string[]
  /** In Unix seconds, as all times of a token. */
  readonly exp?: number
  readonly iat?: number
}

const HOUR_S = 3600

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token for the user, good for an hour from `now` (ms) unless it says otherwise. */
export function vouchFor(secret: string, sub: string, now: number, says: Saying = {}): string {
  const iat = Math.floor(now / 1000)
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, role: 'customer', iat, exp: iat + HOUR_S, ...says })}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
