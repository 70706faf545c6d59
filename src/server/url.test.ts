/** The address that is told is one that a browser can go to. */
import { expect, test } from 'vitest'
import { urlOf } from './url.ts'

test.each([
  [{}, 'http://127.0.0.1:4600'],
  [{ host: '0.0.0.0', port: 80 }, 'http://127.0.0.1:80'],
  [{ host: '::' }, 'http://[::1]:4600'],
  [{ host: 'chat.lan', port: 8080 }, 'http://chat.lan:8080'],
  [{ host: '0.0.0.0', publicUrl: 'https://chat.example.com' }, 'https://chat.example.com'],
])('%j is found at %s', (place, url) => {
  expect(urlOf(place)).toBe(url)
})
