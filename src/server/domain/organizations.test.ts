/** Proves which origins may speak for a client id. */
import { describe, expect, it } from 'vitest'
import { originAllowed } from './organizations.ts'

const client = (origins: string[], kind: 'web' | 'native' | 'server' = 'web') => ({
  id: 'c',
  organization_id: 'o',
  name: 'c',
  kind,
  origins,
  redirect_uris: [],
  created_at: 0,
})

describe('origins of a client id', () => {
  it('[LIN3] are matched exactly', () => {
    const shop = client(['https://shop.example'])
    expect(originAllowed(shop, 'https://shop.example')).toBe(true)
    for (const other of [
      'http://shop.example',
      'https://shop.example:8443',
      'https://shop.example.evil.test',
      'https://xshop.example',
      'https://SHOP.example',
      'null',
      '',
    ]) {
      expect(originAllowed(shop, other), other).toBe(false)
    }
  })

  it('[LIN3] are needed by web clients only', () => {
    expect(originAllowed(client([]), null)).toBe(false)
    expect(originAllowed(client([], 'native'), null)).toBe(true)
    expect(originAllowed(client([], 'server'), null)).toBe(true)
    expect(originAllowed(client([], 'native'), 'https://shop.example')).toBe(false)
  })

  it('[LIN3] of the demo are every loopback one and nothing that looks like it', () => {
    const demo = client(['loopback'])
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:4600', 'https://localhost', 'http://[::1]:8080']) {
      expect(originAllowed(demo, origin), origin).toBe(true)
    }
    for (const origin of ['http://localhost.evil.test', 'http://127.0.0.1.evil.test', 'http://127.0.0.2', 'loopback', 'null']) {
      expect(originAllowed(demo, origin), origin).toBe(false)
    }
  })
})
