/** What the client of a back end starts with, and what it refuses to. */
import { expect, it } from 'vitest'
import { isServer } from '../sdk/customer/arguments.ts'
import { Porchlight, PorchlightError } from './index.ts'

const start = (options: object) => () => new Porchlight({ apiKey: 'plk_x', baseUrl: 'https://chat.example.com', ...options })
const moved = (baseUrl: unknown) => () => start({})().setBaseUrl(baseUrl as string)

it.each(['https://chat.example.com', 'http://localhost:4600/', 'http://[::1]:4600', 'https://example.com/chat/'])(
  '%j is a server, here and in a page',
  (baseUrl) => {
    expect(isServer(baseUrl)).toBe(true)
    expect(start({ baseUrl })).not.toThrow()
    expect(moved(baseUrl)).not.toThrow()
  },
)

it.each([
  ...['localhost:4600', 'ftp://x', 'javascript:1', 'http://', 'https:///x', 'nowhere', '', ' https://x'],
  ...['https://x y', 'https://x?a=b', 'https://x/#top', undefined, null],
])('%j is no server, here or in a page', (baseUrl) => {
  expect(isServer(baseUrl)).toBe(false)
  const refused = expect.objectContaining({ code: 'validation', message: expect.stringMatching(/^unable to start; baseUrl is no address/) })
  expect(start({ baseUrl })).toThrow(refused)
  expect(moved(baseUrl)).toThrow(refused)
})

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '1000'])('the timeout %j is none', (timeout) => {
  expect(start({ timeout })).toThrow(PorchlightError)
  expect(start({ timeout })).toThrow(expect.objectContaining({ code: 'validation', message: expect.stringContaining('timeout') }))
})

it('waits as long as a timer can', () => expect(start({ timeout: 2 ** 31 - 1 })).not.toThrow())
