/** Addresses and networks that a setting or a registry names, and whether an address is among them. */
import { BlockList, isIP } from 'node:net'

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** `setting` is where they stand. */
export function networksOf(parts: readonly string[], setting: string): BlockList {
  const list = new BlockList()
  for (const part of parts) {
    const [address = '', prefix] = part.split('/')
    const [bits, most] = [Number(prefix), isIP(address) === 6 ? 128 : 32]
    if (isIP(address) === 0) throw new Error(`unable to read ${setting}; "${part}" is no address or network`)
    if (prefix === undefined) list.addAddress(address, familyOf(address))
    else if (/^\d+$/.test(prefix) && bits <= most) list.addSubnet(address, bits, familyOf(address))
    else throw new Error(`unable to read ${setting}; "${part}" is no network`)
  }
  return list
}

export const isIn = (list: BlockList, address: string): boolean => isIP(address) !== 0 && list.check(address, familyOf(address))
