/** The actions of a side as operations of the document. */
import type { ActionSpec } from '../actions.ts'
import { RATES } from '../limits.ts'
import { under } from './addresses.ts'
import { answered, refusedWith } from './answers.ts'
import { exampleOf } from './examples.ts'
import { bytes } from './files.ts'
import type { Address, Body, JsonSchema, Parameter, Reference } from './form.ts'
import { written } from './schemas.ts'
import type { ParameterName, Side } from './sides.ts'

/** The one action that comes as a form. */
const UPLOAD = 'upload_file'

export const parameterRef = (name: ParameterName): Reference => ({ $ref: `#/components/parameters/${name}` })

export const operationsOf = (side: Side): Address[] =>
  Object.entries(side.table)
    .filter(([, { only }]) => only !== 'socket')
    .map(([action, spec]) => operationOf(side, action, spec))

function operationOf({ side, tag, summaries, proofs, parameters }: Side, action: string, spec: ActionSpec): Address {
  const [summary, more] = sentences(summaries[action] ?? '')
  const request = written(spec.request, action)
  const isUpload = action === UPLOAD
  const upload: Parameter[] = isUpload ? [customIdInAddress(action, spec)] : []
  return under(tag)('post', `/v1/${side}/action/${action}`, {
    operationId: `${side}_${action}`,
    summary,
    description: [more, needsOf(spec)].filter((part) => part !== '').join('\n\n'),
    security: proofs.map(({ name }) => ({ [name]: [] })),
    parameters: [...parameters.map(parameterRef), ...(spec.write ? [parameterRef('idempotency_key')] : []), ...upload],
    requestBody: isUpload ? form(action, spec) : jsonBody(request, action),
    responses: {
      200: answered(written(spec.response, answerOf(action)), 'It is done.', true),
      ...refusedWith(...statusesOf(spec, request, isUpload)),
    },
  })
}

/** What an action may be refused with beside what every request may. */
function statusesOf({ write }: ActionSpec, { properties = {} }: JsonSchema, isUpload: boolean): number[] {
  const gone = write && 'event_id' in properties
  return [401, 409, ...(gone ? [410] : []), ...(write || isUpload ? [422] : [])]
}

/** Whose fields those of an answer are: many are called as those of the request, and say something else. */
const answerOf = (action: string) => `${action}:answer`

/** The first sentence, and the rest. */
export function sentences(words: string): [string, string] {
  const end = words.indexOf('. ')
  return end < 0 ? [words, ''] : [words.slice(0, end + 1), words.slice(end + 2)]
}

function needsOf({ rate, scope }: ActionSpec): string {
  const { burst, perMinute } = RATES[rate]
  const needed = scope === undefined ? '' : ` Needs the scope \`${scope}\`.`
  return `Counted as \`${rate}\`: ${burst} at once, ${perMinute} a minute.${needed}`
}

export const jsonBody = (schema: JsonSchema, owner: string): Body => ({
  // No body at all is the same as one without fields.
  required: (schema.required ?? []).length > 0 || schema.$ref !== undefined || schema.anyOf !== undefined,
  content: { 'application/json': { schema, example: exampleOf(schema, owner) } },
})

const customIdOf = (action: string, { request }: ActionSpec) => written(request, action).properties?.['custom_id'] as JsonSchema

function customIdInAddress(action: string, spec: ActionSpec): Parameter {
  const { description, ...schema } = customIdOf(action, spec)
  return { name: 'custom_id', in: 'query', description: `${description} Here, or as a part of the form.`, schema }
}

const form = (action: string, spec: ActionSpec): Body => ({
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          file: { ...bytes, description: 'The bytes, with a file name.' },
          custom_id: customIdOf(action, spec),
        },
      },
    },
  },
})
