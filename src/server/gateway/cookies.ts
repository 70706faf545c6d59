/** The cookie of an agent's session: out of reach of scripts, of other sites, and under TLS of neighbouring hosts. */
import { AGENT_SESSION_TTL_S } from '../../protocol/limits.ts'

/** Known also to the document of the API. */
export const cookieName = (secure: boolean) => (secure ? '__Host-porchlight' : 'porchlight')

export const writeSessionCookie = (secret: string, secure: boolean): string => write(secret, AGENT_SESSION_TTL_S, secure)

export const clearSessionCookie = (secure: boolean): string => write('', 0, secure)

export function readSessionCookie(header: string | null, secure: boolean): string | null {
  const prefix = `${cookieName(secure)}=`
  const found = (header ?? '').split(/; */).find((pair) => pair.startsWith(prefix))
  return found?.slice(prefix.length) || null
}

const write = (value: string, age: number, secure: boolean) =>
  `${cookieName(secure)}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
