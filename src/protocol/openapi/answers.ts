/** How requests are answered: the heads that answers have, and the refusals of `errors.ts` by their status. */
import { ERRORS, type ErrorKind } from '../errors.ts'
import type { Answer, Header, JsonSchema, Reference } from './form.ts'
import { refTo } from './schemas.ts'

export const HEADERS = {
  'X-Request-Id': { description: 'Names the request. A fault of the server stands under it in its log.', schema: { type: 'string' } },
  'Retry-After': { description: 'In so many seconds the same request may be tried again.', schema: { type: 'integer' } },
  RateLimit: {
    description: 'How many more requests may be made at once (`r`), and in how many seconds there are more (`t`). A structured field.',
    schema: { type: 'string' },
    example: '"write";r=239;t=1',
  },
  'RateLimit-Policy': {
    description:
      'The rate that counts the request: how many at once (`q`), and in how many seconds all of them are back (`w`). A structured field.',
    schema: { type: 'string' },
    example: '"write";q=240;w=24',
  },
} as const satisfies Record<string, Header>

export type HeaderName = keyof typeof HEADERS

const COUNTED = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'] as const

const headers = (names: readonly HeaderName[]): Record<string, Reference> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** An answer in JSON. Those of actions say how their rate stands. */
export const answered = (schema: JsonSchema, description: string, counted = false): Answer => ({
  description,
  headers: headers(counted ? COUNTED : ['X-Request-Id']),
  content: { 'application/json': { schema } },
})

export const answeredWith = (type: string, schema: JsonSchema, description: string): Answer => ({
  description,
  headers: headers(['X-Request-Id']),
  content: { [type]: { schema } },
})

const STATUSES = [...new Set(Object.values(ERRORS).map(({ status }) => status))]

const nameOf = (status: number) => `Refused${status}`

const HEADERS_OF: Readonly<Record<number, readonly HeaderName[]>> = {
  429: ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['X-Request-Id', 'Retry-After'],
}

/** One for each status, with all types that come with it. */
export const refusals = (): Record<string, Answer> =>
  Object.fromEntries(
    STATUSES.map((status) => {
      const types = Object.entries<ErrorKind>(ERRORS).filter(([, kind]) => kind.status === status)
      return [
        nameOf(status),
        {
          description: types.map(([type, { meaning }]) => `\`${type}\`: ${meaning}`).join('\n\n'),
          headers: headers(HEADERS_OF[status] ?? ['X-Request-Id']),
          content: { 'application/json': { schema: refTo('Error') } },
        },
      ]
    }),
  )

/** What every request of the API may be refused with, and what this one may be besides. */
export const refusedWith = (...more: readonly number[]): Record<string, Reference> =>
  Object.fromEntries(
    [...new Set([400, 403, 404, 413, 429, 500, 503, ...more])]
      .sort((a, b) => a - b)
      .map((status) => [String(status), { $ref: `#/components/responses/${nameOf(status)}` }]),
  )

export const refusedOnly = (...statuses: readonly number[]): Record<string, Reference> =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/${nameOf(status)}` }]))
