/** What a host's back end does for whom it knows: identity tokens, signed with the organization's secret. */
import { createHmac } from 'node:crypto'
import type { ServerProcess } from './server.ts'

const LASTS_S = 3600

/** Returns the way to vouch for a user by the host's own id of them, and by their name where one is given. */
export async function vouchFor(server: ServerProcess): Promise<(user: string, name?: string) => string> {
  const { secret } = await server.command<{ secret: string }>('key', 'create', '--identity')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return (user, name) => {
    const exp = Math.floor(Date.now() / 1000) + LASTS_S
    const text = `${part({ alg: 'HS256' })}.${part({ sub: user, role: 'customer', name, exp })}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
}
