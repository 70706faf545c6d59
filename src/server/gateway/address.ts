/** From which network address a request comes, when proxies stand before the server, and what counts as one address. */

import { isIP } from 'node:net'
import { isIn, networksOf } from '../domain/networks.ts'

/** Whom to believe about who stands behind them: nobody, so many proxies in a row, or proxies with these addresses. */
export type Trust = (address: string, hop: number) => boolean

/** Reads `TRUST_PROXY`: a number of proxies, or addresses and networks with commas between. */
export function parseTrust(text: string | undefined): Trust {
  if (!text || text === 'false') return () => false
  const hops = text === 'true' ? 1 : Number(text)
  if (Number.isInteger(hops) && hops >= 0) return (_, hop) => hop < hops
  const trusted = networksOf(
    text.split(',').map((part) => part.trim()),
    'TRUST_PROXY',
  )
  return (address) => isIn(trusted, address)
}

/** Walks back from the connection through `X-Forwarded-For` for as long as each is trusted to tell the truth. */
export function addressOf(remote: string, forwarded: string | undefined, trust: Trust): string {
  const chain = [
    ...(forwarded ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    plain(remote),
  ]
  let at = chain.length - 1
  while (at > 0 && trust(plain(chain[at] as string), chain.length - 1 - at)) at--
  return plain(chain[at] as string)
}

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '')

/** One household or server has a whole /64 of IPv6, so that is counted as one. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length
  const whole = [...groups, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':').filter(Boolean)]
  return `${whole
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
