/** Nothing is sent into the network that the server stands in, however its addresses are spelled. */
import { describe, expect, it } from 'vitest'
import { createReach } from './addresses.ts'

const nowhere = createReach()
const NOT_PUBLIC = 'leads to an address that is not public'

describe('an address', () => {
  it.each([
    'https://hooks.example.com/porchlight?key=1',
    'http://hooks.example.com:8080/',
    'https://HOOKS.example.com:443',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
    'https://[64:ff9b::5db8:d822]/',
    'https://[::ffff:93.184.216.34]/',
  ])('may be %s', (url) => {
    expect(nowhere.refusalOf(url)).toBeNull()
  })

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://10.0.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://172.31.255.255/',
    'http://192.0.2.1/',
    'http://192.168.1.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://１２７.0.0.1/',
    'http://[::]/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[64:ff9b:1::5db8:d822]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
    'http://[2001:db8::1]/',
    'http://[3fff::1]/',
    'http://[fc00::1]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[5f00::1]/',
  ])('[WHK7] is not %s', (url) => {
    expect(nowhere.refusalOf(url)).toBe(NOT_PUBLIC)
  })

  it.each([
    ['hooks.example.com', 'is no address of http or https'],
    ['ftp://hooks.example.com/', 'is no address of http or https'],
    ['file:///etc/passwd', 'is no address of http or https'],
    ['https://me:secret@hooks.example.com/', 'holds a name or a password'],
    ['https://me@hooks.example.com/', 'holds a name or a password'],
    ['http://hooks.example.com:22/', 'has a port below 1024 that is neither 80 nor 443'],
    ['http://hooks.example.com:0/', 'has a port below 1024 that is neither 80 nor 443'],
  ])('%s %s', (url, why) => {
    expect(nowhere.refusalOf(url)).toBe(why)
  })
})

describe('a host', () => {
  it('[WHK7] is where it was found, and that is what counts', () => {
    expect(nowhere.permits('hooks.example.com', '93.184.216.34')).toBe(true)
    for (const address of ['127.0.0.1', '10.1.2.3', '::1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'nonsense', '']) {
      expect(nowhere.permits('hooks.example.com', address), address).toBe(false)
    }
  })
})

describe('what the operator allows', () => {
  const reach = createReach(' 10.0.0.0/8, fd00::/8,192.168.1.5 ,::1, Hooks.Internal ')

  it('is a network, an address or the name of a host, and nothing beside it', () => {
    for (const url of ['http://10.9.8.7/', 'http://[fd12::1]/', 'http://192.168.1.5/', 'http://[::1]/', 'http://[::ffff:10.0.0.1]/'])
      expect(reach.refusalOf(url), url).toBeNull()
    for (const url of ['http://11.0.0.1:99/', 'http://192.168.1.6/', 'http://127.0.0.1/', 'http://[fe80::1]/'])
      expect(reach.refusalOf(url), url).not.toBeNull()
    expect(reach.permits('hooks.internal', '172.16.0.1')).toBe(true)
    expect(reach.permits('other.internal', '172.16.0.1')).toBe(false)
    expect(reach.permits('other.internal', '10.0.0.1')).toBe(true)
  })

  it.each(['https://hooks.test', 'hooks.test/path', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', 'fd00::/129', 'two words'])(
    'is not %s',
    (allow) => {
      expect(() => createReach(allow)).toThrow(/^unable to read WEBHOOK_ALLOW; ".+" is no /)
    },
  )
})
