/** Schemas of the wire as the document writes them: named ones by reference, and every field with a word on what it is. */
import { type TSchema, Type } from '../schema.ts'
import type { JsonSchema, Reference } from './form.ts'
import { NAMED, type SchemaName } from './named.ts'
import { wordOf } from './words.ts'

/** What TypeBox writes, as plain data. */
interface Plain extends JsonSchema {
  readonly properties?: Readonly<Record<string, Plain>>
  readonly patternProperties?: Readonly<Record<string, Plain>>
  readonly items?: Plain
  readonly anyOf?: readonly Plain[]
}

const plain = (schema: TSchema): Plain => JSON.parse(JSON.stringify(schema))

/** By what they say: a schema that is made optional is another object, and still the same schema. */
const names = new Map(Object.entries(NAMED).map(([name, schema]) => [JSON.stringify(schema), name as SchemaName]))

const UNKNOWN_ENTRIES = JSON.stringify(Type.Array(Type.Unknown()))

export const refTo = (name: SchemaName): Reference => ({ $ref: `#/components/schemas/${name}` })

/** `owner` is whose fields they are: an action's name, or that of a schema. */
export const written = (schema: TSchema, owner: string): JsonSchema => short(plain(schema), owner)

export const namedSchemas = (): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(NAMED).map(([name, schema]) => [name, described(inFull(plain(schema), name), wordOf(name))]))

function short(schema: Plain, owner: string): JsonSchema {
  const name = names.get(JSON.stringify(schema))
  return name ? refTo(name) : inFull(schema, owner)
}

function inFull({ patternProperties, anyOf, items, properties, ...schema }: Plain, owner: string): JsonSchema {
  return {
    ...schema,
    ...(anyOf && alternatives(anyOf, owner)),
    ...(items && { items: short(items, owner) }),
    ...(properties && { properties: fields(properties, owner) }),
    // A record: whatever its keys are called, its values are alike.
    ...(patternProperties && { additionalProperties: short(Object.values(patternProperties)[0] as Plain, owner) }),
  }
}

/** The words that it may be, also where some of them have been put together before. */
const wordsOf = ({ const: word, anyOf }: Plain): unknown[] => (anyOf ? anyOf.flatMap(wordsOf) : [word])

/** Of a few words, or of a few forms. */
function alternatives(anyOf: readonly Plain[], owner: string): JsonSchema {
  const words = anyOf.flatMap(wordsOf)
  return words.every((word) => typeof word === 'string')
    ? { type: 'string', enum: words }
    : { anyOf: anyOf.map((schema) => short(schema, owner)) }
}

const fields = (properties: Readonly<Record<string, Plain>>, owner: string) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, field(schema, owner, name)]))

function field(schema: Plain, owner: string, name: string): JsonSchema {
  const isEntries = name === 'entries' && JSON.stringify(schema) === UNKNOWN_ENTRIES
  return described(isEntries ? { type: 'array', items: refTo('Entry') } : short(schema, owner), wordOf(owner, name))
}

function described(schema: JsonSchema, word: string | undefined): JsonSchema {
  const description = [word, schema.description].filter((one) => one !== undefined).join(' ')
  return description === '' ? schema : { ...schema, description }
}
