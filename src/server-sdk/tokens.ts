/** Identity tokens signed here, with the organization's identity secret and without a request. */
import { createHmac } from 'node:crypto'
import { PorchlightError } from './errors.ts'
import type { CreateTokenParams, Token } from './types.ts'

export const DAY_S = 24 * 60 * 60

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** `now` in ms. */
export function signToken(params: CreateTokenParams, secret: string, now: number): Token {
  const { user_id, user_name, email, user_info, role = 'customer', channels, expires_in = DAY_S } = params
  if (!user_id) throw invalid('user_id', 'is missing')
  if (!(expires_in >= 60 && expires_in <= DAY_S)) throw invalid('expires_in', 'is no number of seconds from 60 to 86400')
  const exp = now / 1000 + expires_in
  const says = { name: user_name, email, info: user_info, channels, iat: now / 1000, exp }
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user_id, role: role === 'agent' ? 'agent' : 'customer', ...says })}`
  const signature = createHmac('sha256', secret).update(text).digest('base64url')
  return { token: `${text}.${signature}`, expires_at: new Date(exp * 1000).toISOString() }
}

const invalid = (field: string, why: string) => new PorchlightError(`unable to sign a token; ${field} ${why}`, { code: 'validation' })
