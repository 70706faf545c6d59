/** What the server writes about itself. Fields never hold message text, tokens, cookies or addresses with secrets. */

export type Fields = Readonly<Record<string, unknown>>

export interface Log {
  debug(fields: Fields, message: string): void
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
  fatal(fields: Fields, message: string): void
}

const nothing = () => {}

/** For tests and tools that have nothing to say. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing }
