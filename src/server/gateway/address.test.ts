/** Only who is trusted is believed about who stands behind them. */
import { expect, test } from 'vitest'
import { addressKey, addressOf, parseTrust } from './address.ts'

test('without trust the connection is the address, whatever the header says', () => {
  expect(addressOf('203.0.113.9', '10.0.0.1', parseTrust(undefined))).toBe('203.0.113.9')
  expect(addressOf('::ffff:203.0.113.9', '', parseTrust('0'))).toBe('203.0.113.9')
})

test('as many proxies are skipped as there are, and a forged beginning is not reached', () => {
  const header = 'forged, 198.51.100.7, 10.0.0.2'
  expect(addressOf('10.0.0.1', header, parseTrust('1'))).toBe('10.0.0.2')
  expect(addressOf('10.0.0.1', header, parseTrust('2'))).toBe('198.51.100.7')
  expect(addressOf('10.0.0.1', undefined, parseTrust('2'))).toBe('10.0.0.1')
})

test('proxies can be named by address and network', () => {
  const trust = parseTrust('10.0.0.0/8, ::1')
  expect(addressOf('10.9.9.9', 'forged, 198.51.100.7, 10.0.0.2', trust)).toBe('198.51.100.7')
  expect(addressOf('198.51.100.7', '10.0.0.2', trust)).toBe('198.51.100.7')
  expect(addressOf('::1', '2001:db8::5', trust)).toBe('2001:db8::5')
})

test('what cannot be read is said', () => {
  expect(() => parseTrust('my-proxy')).toThrow('my-proxy')
})

test('[CON14] addresses of one IPv6 network count as one, IPv4 addresses apart', () => {
  expect(addressKey('2001:db8:0:7::1')).toBe(addressKey('2001:0db8:0000:0007:ffff::2'))
  expect(addressKey('2001:db8:0:8::1')).not.toBe(addressKey('2001:db8:0:7::1'))
  expect(addressKey('203.0.113.9')).toBe('203.0.113.9')
  expect(addressKey('::1')).toBe('0:0:0:0::/64')
})
