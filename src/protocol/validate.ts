/** Checks a value against a schema and names the first thing that is wrong with it. For the server only: it carries TypeBox. */
import { Compile, type Validator } from 'typebox/compile'
import { Settings } from 'typebox/system'
import type { TSchema } from './schema.ts'

export interface Problem {
  /** Dotted, as in `event.text`; empty for the value itself. */
  readonly path: string
  /** As in `is not known`, to stand behind the path. */
  readonly why: string
}

/** Of a union the failures of every alternative are needed to find the one that was meant. */
Settings.Set({ maxErrors: 64 })

type Check = Validator<Record<never, never>, TSchema>
const compiled = new WeakMap<TSchema, Check>()

function checkOf(schema: TSchema): Check {
  const known = compiled.get(schema)
  if (known) return known
  const made = Compile(schema)
  compiled.set(schema, made)
  return made
}

export function firstProblem(schema: TSchema, value: unknown): Problem | null {
  const check = checkOf(schema)
  if (check.Check(value)) return null
  return explain(schema, check, value)
}

interface Failure {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message: string
}

/**
 * The compiler reports every alternative of a union that failed. The alternative meant is the one whose `type` fits, so
 * its own failures are told; when none fits it is the `type` that is wrong.
 */
function explain(schema: TSchema, check: Check, value: unknown): Problem {
  const failures = check.Errors(value) as readonly Failure[]
  const union = failures.find((failure) => failure.keyword === 'anyOf')
  const relevant = union ? ofMeantAlternative(failures, union) : failures
  const failure = relevant.find(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf') ?? union ?? failures[0]
  return failure ? problemOf(failure) : { path: '', why: `does not fit ${String(schema)}` }
}

function ofMeantAlternative(failures: readonly Failure[], union: Failure): readonly Failure[] {
  const prefix = `${union.schemaPath}/anyOf/`
  const inside = failures.filter((failure) => failure.schemaPath.startsWith(prefix))
  const alternativeOf = ({ schemaPath }: Failure) => schemaPath.slice(prefix.length).split('/')[0]
  const unfit = new Set(inside.filter(({ keyword }) => keyword === 'const').map(alternativeOf))
  const meant = inside.filter((failure) => !unfit.has(alternativeOf(failure)))
  return meant.length > 0 ? meant : inside.filter(({ keyword }) => keyword === 'const')
}

const REASONS: Readonly<Record<string, string>> = {
  additionalProperties: 'is not known',
  required: 'is missing',
  const: 'is not one of the known values',
  enum: 'is not one of the known values',
  type: 'is of the wrong type',
}

function problemOf({ keyword, instancePath, params, message }: Failure): Problem {
  const named =
    keyword === 'required' ? params['requiredProperties'] : keyword === 'additionalProperties' ? params['additionalProperties'] : []
  const [name] = Array.isArray(named) ? named : []
  const path = [...instancePath.split('/').slice(1), ...(name === undefined ? [] : [String(name)])]
  return { path: path.join('.'), why: REASONS[keyword] ?? message }
}
