/** What is wrong with a config, found before anything begins. */
import { scriptOrigin } from '../kit/browser.ts'
import { encode } from '../kit/json.ts'
import { check } from './arguments.ts'
import type { Config } from './types.ts'

/** How a field is written in JSON; nothing at all where it may be left out. */
const FORMS: Readonly<Partial<Record<keyof Config, RegExp>>> = {
  license: /^"?[1-9]\d{0,14}"?$/,
  clientId: /^"[^"]/,
  server: /^"https?:\/\/[^\s"/?#]+[^\s?#]*$/,
}

/** Code that is not typed may hand over anything. */
export function checkConfig(config: Config): void {
  const given: Partial<Record<string, unknown>> = { server: scriptOrigin, ...config }
  for (const [field, form] of Object.entries(FORMS)) {
    const value = given[field]
    check(form.test(value === undefined ? '' : encode(value)), field)
  }
}
