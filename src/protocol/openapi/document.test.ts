/** The document of the API: well-formed, complete in its words, and true to the tables it is made from. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../actions.ts'
import { ERRORS } from '../errors.ts'
import { UnreadRequest } from '../receipts.ts'
import type { TSchema } from '../schema.ts'
import { SUMMARIES } from '../summaries.ts'
import { SessionRequest, TokenRequest, TokenRevocation } from '../tokens.ts'
import { firstProblem } from '../validate.ts'
import { openApi } from './document.ts'
import type { JsonSchema, Operation } from './form.ts'
import { NAMED } from './named.ts'
import { operationsOf } from './operations.ts'
import type { Side } from './sides.ts'
import { allWords, wordOf } from './words.ts'
import { OWNERS } from './words-of-owners.ts'

const api = JSON.parse(JSON.stringify(openApi({ cookie: 'porchlight' })))
const operations = Object.values(api.paths).flatMap((path) => Object.values(path as Record<string, Operation>))

/** Every value of the document that has the key. */
function valuesOf(key: string, within: unknown = api): unknown[] {
  if (typeof within !== 'object' || within === null) return []
  return Object.entries(within).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)])
}

describe('[DOC1] the document', () => {
  test('is OpenAPI', async () => {
    expect(await new Validator().validate(structuredClone(api))).toEqual({ valid: true })
    const broken = structuredClone(api)
    broken.paths['/healthz'].get.responses = 'none'
    expect((await new Validator().validate(broken)).valid).toBe(false)
  })

  test('refers to nothing that is not in it, and holds nothing that nothing refers to', () => {
    const refs = new Set(valuesOf('$ref') as string[])
    const parts = ['schemas', 'parameters', 'headers', 'responses'].flatMap((kind) =>
      Object.keys(api.components[kind]).map((name) => `#/components/${kind}/${name}`),
    )
    expect([...refs].sort()).toEqual(parts.sort())
    const schemes = operations.flatMap(({ security }) => security.flatMap((one) => Object.keys(one)))
    expect([...new Set(schemes)].sort()).toEqual(Object.keys(api.components.securitySchemes).sort())
  })

  test('tells its named schemas apart', () => {
    const said = Object.values(NAMED).map((schema) => JSON.stringify(schema))
    expect(new Set(said).size).toBe(said.length)
  })

  test('names every operation once, under a heading that it has', () => {
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const headings = api.tags.map(({ name }: { name: string }) => name)
    expect([...new Set(operations.flatMap(({ tags }) => tags))].sort()).toEqual(headings.sort())
    for (const { operationId, summary } of operations) expect(summary, operationId).toMatch(/^[A-Z][^.]+\.$/)
  })

  test('has every refusal under its status, and its type among those of the error', () => {
    for (const [type, { status, meaning }] of Object.entries(ERRORS)) {
      expect(api.components.responses[`Refused${status}`].description).toContain(`\`${type}\`: ${meaning}`)
    }
    expect(api.components.schemas.Error.properties.error.properties.type.enum).toEqual(Object.keys(ERRORS))
  })

  test('takes Idempotency-Key where the table says that something is written', () => {
    for (const [action, spec] of Object.entries(CUSTOMER_ACTIONS)) {
      const parameters = JSON.stringify(api.paths[`/v1/customer/action/${action}`]?.post.parameters ?? [])
      expect(parameters.includes('idempotency_key'), action).toBe('write' in spec)
    }
  })

  test('takes another side as it takes these', () => {
    const proof = { name: 'other_key', scheme: { type: 'http', scheme: 'bearer', description: 'A key.' } } as const
    const table = { get_chat: AGENT_ACTIONS.get_chat, ping: AGENT_ACTIONS.ping }
    const other: Side = { side: 'other', table, summaries: SUMMARIES, tag: 'Others', about: '', proofs: [proof], parameters: [] }
    const [only, ...more] = operationsOf(other)
    expect([only?.path, only?.operation.security, more]).toEqual(['/v1/other/action/get_chat', [{ other_key: [] }], []])
  })
})

/** Their words would be another field's before long, and nobody would see it. */
const TOO_GENERAL = [
  ...['chats', 'created_at', 'custom_id', 'customer_id', 'data', 'error', 'external_id', 'id', 'message', 'name', 'path'],
  ...['status', 'title', 'token', 'url', 'users'],
]

describe('its words', () => {
  const fields = (schema: JsonSchema, owner: string): string[] => [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      ...(field.description ? [] : [`${owner}.${name}`]),
      ...fields(field, owner),
    ]),
    ...(schema.items ? fields(schema.items, owner) : []),
    ...(schema.anyOf ?? []).flatMap((one) => fields(one, owner)),
  ]
  const content = ({ requestBody, responses }: Operation) =>
    [requestBody, responses['200']].flatMap((one) => valuesOf('schema', one ?? null))

  test('say what every schema and every field is', () => {
    const schemas = Object.entries<JsonSchema>(api.components.schemas)
    expect(schemas.filter(([, { description }]) => !description)).toEqual([])
    expect(schemas.flatMap(([name, schema]) => fields(schema, name))).toEqual([])
    expect(operations.flatMap((one) => content(one).flatMap((schema) => fields(schema as JsonSchema, one.operationId)))).toEqual([])
  })

  test('are all of something that is there', () => {
    const descriptions = new Set(valuesOf('description').map(String))
    const isSaid = (word: string) => [...descriptions].some((one) => one.includes(wordOf(word) ?? '\0'))
    expect(allWords().filter((word) => !isSaid(word))).toEqual([])
  })

  /** What the owner's words can be about: a schema, requests or answers of an action, or the body of some other address. */
  function ownedBy(owner: string): unknown {
    const [action, answer] = owner.split(':')
    const own = operations.filter(({ operationId }) => operationId.replace(/^[a-z]+_/, '') === action)
    if (own.length === 0) return api.components.schemas[owner] ?? operations.map(({ requestBody }) => requestBody)
    return own.map(({ requestBody, responses }) => (answer ? responses['200'] : requestBody))
  }

  test.each(Object.entries(OWNERS))('of an owner are of fields that it has: %s', (owner, words) => {
    const names = valuesOf('properties', ownedBy(owner)).flatMap((fields) => Object.keys(fields as object))
    expect(Object.keys(words).filter((name) => !names.includes(name))).toEqual([])
  })

  test('that hold everywhere are of no field whose name says too little', () => {
    expect(TOO_GENERAL.filter((name) => wordOf('anything', name) !== undefined)).toEqual([])
  })
})

describe('its examples', () => {
  const examples = operations.flatMap(({ operationId, requestBody }) => {
    const content = requestBody?.content['application/json']
    return content ? [[operationId, content.example] as const] : []
  })
  const others: Record<string, TSchema> = {
    grant_customer_token: TokenRequest,
    revoke_customer_token: TokenRevocation,
    count_unread: UnreadRequest,
    open_agent_session: SessionRequest,
  }
  const tables: Record<string, Record<string, { request: TSchema }>> = {
    customer: CUSTOMER_ACTIONS,
    agent: AGENT_ACTIONS,
    server: SERVER_ACTIONS,
  }
  const requestOf = (id: string): TSchema => {
    const [, side, action = ''] = /^(customer|agent|server)_(.+)$/.exec(id) ?? []
    return others[id] ?? (tables[side ?? '']?.[action]?.request as TSchema)
  }

  test.each(examples)('are such as the server takes: %s', (id, example) => {
    expect(firstProblem(requestOf(id), example)).toBeNull()
  })
})
