/** One operation of the reference: its address, what it takes, what it answers, and how to try it. */
import type { Answer, JsonSchema, Method, OpenApi, Operation, Parameter, Reference } from '../../../protocol/openapi/form.ts'
import { attribute, text } from '../html.ts'
import { curlOf, parametersOf } from './curl.ts'
import { fieldsOf, kindOf, link, row } from './fields.ts'
import { code, inline, prose } from './words.ts'

export interface Placed {
  readonly path: string
  readonly method: Method
  readonly operation: Operation
}

/** Addresses may be broken where they have a part. */
const broken = (path: string) => text(path).replace(/(\/|_)/g, '$1<wbr>')

export const methodOf = (method: Method): string => `<span class="method ${method}">${method.toUpperCase()}</span>`

export function operationSection(api: OpenApi, { path, method, operation }: Placed): string {
  const { operationId, summary, description = '' } = operation
  return `<section class="operation" id="${attribute(operationId)}" aria-labelledby="${attribute(operationId)}-title">
<div class="about"><h3 id="${attribute(operationId)}-title"><a href="#${attribute(operationId)}">${inline(summary.slice(0, -1))}</a></h3>
<p class="address">${methodOf(method)} <code>${broken(path)}</code></p>
${prose(description)}</div>
<div class="details">${proofOf(operation)}${parameters(parametersOf(api, operation))}${request(api, operation)}${answers(api, operation)}</div>
<div class="try"><h4>Example</h4><pre tabindex="0" role="region" aria-label="${attribute(`Example of ${operationId}`)}"><code>${text(curlOf(api, path, method, operation))}</code></pre></div>
</section>`
}

function proofOf({ security }: Operation): string {
  const names = security.flatMap((one) => Object.keys(one)).map((name) => `<a href="#${attribute(name)}">${text(name)}</a>`)
  const optional = security.some((one) => Object.keys(one).length === 0)
  return `<p class="proof">Proof: ${names.length === 0 ? 'none' : `${names.join(', ')}${optional ? ', or none' : ''}`}</p>`
}

const parameters = (all: readonly Parameter[]): string =>
  all.length === 0
    ? ''
    : `<h4>Parameters</h4><table><caption class="unseen">Parameters</caption><tbody>${all
        .map(({ name, in: place, description, required = false, schema }) =>
          row(name, { ...schema, description: `${description} In the ${PLACES[place]}.` }, required, false),
        )
        .join('')}</tbody></table>`

const PLACES: Readonly<Record<Parameter['in'], string>> = { query: 'address, behind the `?`', header: 'head', path: 'path' }

function request(api: OpenApi, { operationId, requestBody }: Operation): string {
  const [[type = '', { schema }] = ['', { schema: {} }]] = Object.entries(requestBody?.content ?? {})
  return requestBody ? `<h4>Request ${code(type)}</h4>${wholeOf(api, schema, `Fields of the request ${operationId}`, true)}` : ''
}

/** At the top what has a name is shown with its fields: one look tells all. */
function wholeOf(api: OpenApi, schema: JsonSchema, caption: string, open: boolean): string {
  const named = schema.$ref === undefined ? undefined : api.components.schemas[schema.$ref.split('/').at(-1) ?? '']
  const kind = schema.$ref || !schema.properties ? `<p class="kind">${kindOf(schema)}</p>` : ''
  return named
    ? `<p class="kind">${link(schema.$ref ?? '')}</p>${fieldsOf(named, caption, open)}`
    : `${kind}${fieldsOf(schema, caption, open)}`
}

function answers(api: OpenApi, { operationId, responses }: Operation): string {
  const own = Object.entries(responses).flatMap(([status, answer]) => ('$ref' in answer ? [] : [[status, answer] as const]))
  const refused = Object.entries(responses).flatMap(([status, answer]) => ('$ref' in answer ? [[status, answer] as const] : []))
  return own.map(([status, answer]) => oneAnswer(api, operationId, status, answer)).join('') + refusals(refused)
}

function oneAnswer(api: OpenApi, id: string, status: string, { description, content = {} }: Answer): string {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
  const body = type === 'application/json' ? wholeOf(api, schema, `Fields of the answer ${status} of ${id}`, false) : ''
  return `<h4>Answer ${code(status)} ${type === '' ? '' : code(type)}</h4><p>${inline(description)}</p>${body}`
}

const refusals = (refused: readonly (readonly [string, Reference])[]): string =>
  refused.length === 0
    ? ''
    : `<h4>Refusals</h4><ul class="refusals">${refused.map(([status]) => `<li><a href="#refused-${status}">${status}</a></li>`).join('')}</ul>`
