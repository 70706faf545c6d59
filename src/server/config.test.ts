/** Settings are read, and what cannot be used is named. */
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('nothing need be set', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4600,
    data: resolve('.data'),
    publicUrl: null,
    trustProxy: undefined,
    metricsToken: null,
    webhookAllow: undefined,
    logLevel: 'info',
    rateFactor: 1,
  })
})

test('what is set is taken', () => {
  const config = readConfig({
    HOST: '::1',
    PORT: '0',
    PUBLIC_URL: 'https://chat.example.com/',
    TRUST_PROXY: '10.0.0.0/8',
    LOG_LEVEL: 'debug',
  })
  expect(config).toMatchObject({ host: '::1', port: 0, publicUrl: 'https://chat.example.com', trustProxy: '10.0.0.0/8', logLevel: 'debug' })
})

test.each([
  ['DATABASE_URL', 'postgres://x'],
  ['REDIS_URL', 'redis://x'],
  ['S3_BUCKET', 'files'],
  ['PORT', '65536'],
  ['PORT', '4600x'],
  ['PUBLIC_URL', 'chat.example.com'],
  ['PUBLIC_URL', 'https://chat.example.com/path'],
  ['PUBLIC_URL', 'ftp://chat.example.com'],
  ['TRUST_PROXY', 'nginx'],
  ['METRICS_TOKEN', 'short'],
  ['METRICS_TOKEN', 'two words that are long'],
  ['WEBHOOK_ALLOW', 'https://hooks.example.com'],
  ['WEBHOOK_ALLOW', '10.0.0.0/33'],
  ['LOG_LEVEL', 'loud'],
  ['PORCHLIGHT_RATE_FACTOR', '0'],
])('%s=%s cannot be used', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is .*\\.$`))
})
