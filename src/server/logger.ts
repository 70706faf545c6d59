/** Structured logs on the error stream, one JSON object a line. The only file that knows pino. */
import { pino } from 'pino'
import type { LogLevel } from './config.ts'
import type { Log } from './gateway/log.ts'

/** Belt and braces: no caller passes these, and if one ever does they are not written. */
const NEVER = [
  'token',
  'access_token',
  'refresh_token',
  'password',
  'cookie',
  'authorization',
  'text',
  '*.token',
  '*.password',
  '*.cookie',
  '*.text',
]

/** The output stream stays free for what a command answers. */
export function createLogger(level: LogLevel): Log {
  const options = {
    level,
    base: null,
    redact: NEVER,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return pino(options, pino.destination({ dest: 2, sync: true }))
}
