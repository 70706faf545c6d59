/** Where the server may send anything by itself: public addresses, and what its operator allows. */
import { isIP } from 'node:net'
import { isIn, networksOf } from './networks.ts'

export interface Reach {
  /** Why nothing is sent to such an address; null when it may be. Of a host that is a name only its form is looked at. */
  refusalOf(url: string): string | null
  /** Whether the host may be connected to where it was found. */
  permits(host: string, address: string): boolean
}

/** The special-purpose ranges of IANA's registry, and those for many at once. */
const PRIVATE_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
/** Of IPv6 only this part is handed out for the public, except what is taken out of it. */
const PUBLIC_6 = ['2000::/3']
const PRIVATE_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const registered = (parts: readonly string[]) => networksOf(parts, 'the registry')
const [private4, public6, private6] = [registered(PRIVATE_4), registered(PUBLIC_6), registered(PRIVATE_6)]

/** Reads `WEBHOOK_ALLOW`: addresses, networks and names of hosts, with commas between. */
export function createReach(allow = ''): Reach {
  const parts = allow.split(',').flatMap((part) => part.trim() || [])
  const isNetwork = (part: string) => isIP(part.replace(/\/.*$/, '')) !== 0
  const allowed = networksOf(parts.filter(isNetwork), 'WEBHOOK_ALLOW')
  const hosts = new Set(parts.filter((part) => !isNetwork(part)).map(nameOf))
  const permits: Reach['permits'] = (host, address) =>
    hosts.has(host.toLowerCase()) || [address, embedded(address)].some((one) => one !== null && isIn(allowed, one)) || isPublic(address)
  return {
    permits,
    refusalOf(text) {
      const url = URL.canParse(text) ? new URL(text) : null
      if (!url || !/^https?:$/.test(url.protocol)) return 'is no address of http or https'
      if (url.username || url.password) return 'holds a name or a password'
      // Ports below are those of other services, which would be spoken to in the server's name.
      if (!['', '80', '443'].includes(url.port) && Number(url.port) < 1024) return 'has a port below 1024 that is neither 80 nor 443'
      // Odd spellings of an address, such as one number, are dotted by now.
      const host = url.hostname.replace(/^\[|\]$/g, '')
      return isIP(host) !== 0 && !permits(host, host) ? 'leads to an address that is not public' : null
    },
  }
}

function nameOf(part: string): string {
  const url = URL.canParse(`http://${part}`) ? new URL(`http://${part}`) : null
  if (url?.host === part.toLowerCase() && url.pathname === '/') return url.hostname
  throw new Error(`unable to read WEBHOOK_ALLOW; "${part}" is no address, network or name of a host`)
}

function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !isIn(private4, address)
  const inner = embedded(address)
  if (inner !== null) return isPublic(inner)
  return groupsOf(address).length === 8 && isIn(public6, address) && !isIn(private6, address)
}

/** The IPv4 address that an IPv6 one stands for: mapped, by NAT64, or by 6to4. */
function embedded(address: string): string | null {
  const groups = groupsOf(address)
  const begins = (...first: number[]) => first.every((group, at) => groups[at] === group)
  if (begins(0, 0, 0, 0, 0, 0xffff) || begins(0x64, 0xff9b, 0, 0, 0, 0)) return dotted(groups.slice(6))
  return begins(0x2002) ? dotted(groups.slice(1, 3)) : null
}

const dotted = (groups: readonly number[]): string => groups.flatMap((group) => [group >> 8, group & 0xff]).join('.')

/** Eight numbers; none of what is no IPv6 address, or one of a zone. */
function groupsOf(address: string): number[] {
  if (isIP(address) !== 6 || !URL.canParse(`http://[${address}]`)) return []
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const numbers = (part = '') => part.split(':').flatMap((group) => (group === '' ? [] : Number.parseInt(group, 16)))
  const [first, last] = [numbers(head), numbers(tail)]
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}
