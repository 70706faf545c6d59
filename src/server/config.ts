/** The settings that come from the environment. The only reader of `process.env`. */
import { resolve } from 'node:path'
import { createReach } from './domain/addresses.ts'
import { parseTrust } from './gateway/address.ts'

export interface Config {
  readonly host: string
  readonly port: number
  /** The folder of everything that is kept. */
  readonly data: string
  /** The address users know the server by, as in `https://chat.example.com`; null when it is whatever they typed. */
  readonly publicUrl: string | null
  readonly trustProxy: string | undefined
  /** What whoever reads `/metrics` must show; null when only this machine may. */
  readonly metricsToken: string | null
  /** Where webhooks may lead beside public addresses. */
  readonly webhookAllow: string | undefined
  readonly logLevel: LogLevel
  readonly rateFactor: number
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** A setting that cannot be used, said in one sentence. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>

/** Parts that are to come: whoever sets these expects something that would silently not happen. */
const NOT_YET = ['DATABASE_URL', 'REDIS_URL', 'S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']

export function readConfig(env: Environment = process.env): Config {
  const set = NOT_YET.find((name) => env[name])
  if (set) throw new ConfigError(`${set} is set, but this version keeps everything in its own data directory; unset it.`)
  return {
    host: env['HOST'] || '127.0.0.1',
    port: number(env, 'PORT', 4600, 0, 65_535),
    data: resolve(env['PORCHLIGHT_DATA'] || '.data'),
    publicUrl: publicUrl(env['PUBLIC_URL']),
    trustProxy: trustProxy(env['TRUST_PROXY']),
    metricsToken: metricsToken(env['METRICS_TOKEN']),
    webhookAllow: webhookAllow(env['WEBHOOK_ALLOW']),
    logLevel: logLevel(env['LOG_LEVEL']),
    // For load tests, in which one principal does what thousands would.
    rateFactor: number(env, 'PORCHLIGHT_RATE_FACTOR', 1, 1, 1_000_000),
  }
}

function number(env: Environment, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name]
  if (!text) return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new ConfigError(`${name} is "${text}", but must be a whole number from ${least} to ${most}.`)
}

function publicUrl(text: string | undefined): string | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin
  throw new ConfigError(`PUBLIC_URL is "${text}", but must be an address without a path, such as https://chat.example.com.`)
}

function trustProxy(text: string | undefined): string | undefined {
  try {
    parseTrust(text)
    return text
  } catch {
    throw new ConfigError(`TRUST_PROXY is "${text}", but must be a number of proxies, or addresses and networks with commas between.`)
  }
}

function metricsToken(text: string | undefined): string | null {
  if (!text) return null
  if (/^[\x21-\x7e]{16,}$/.test(text)) return text
  throw new ConfigError('METRICS_TOKEN is too easy to guess or holds a blank, but must be 16 visible characters or more.')
}

function webhookAllow(text: string | undefined): string | undefined {
  try {
    createReach(text)
    return text
  } catch {
    throw new ConfigError(`WEBHOOK_ALLOW is "${text}", but must be addresses, networks or names of hosts with commas between.`)
  }
}

function logLevel(text: string | undefined): LogLevel {
  const level = text || 'info'
  const known = LOG_LEVELS.find((name) => name === level)
  if (known) return known
  throw new ConfigError(`LOG_LEVEL is "${text}", but must be one of ${LOG_LEVELS.join(', ')}.`)
}
