/** One operation of the reference: its address, what it takes, what it answers, and how to try it. */
import type { Answer, JsonSchema, Method, OpenApi, Operation, Parameter } from '../../../protocol/openapi/form.ts'
import { attribute, text } from '../html.ts'
import { curlOf, parametersOf } from './curl.ts'
import { fieldsOf, kindOf, row } from './fields.ts'
import { code, inline, prose } from './words.ts'

export interface Placed {
  readonly path: string
  readonly method: Method
  readonly operation: Operation
}

/** Addresses may be broken where they have a part. */
const broken = (words: string) => words.replace(/(\/|\?|&amp;)/g, '$1<wbr>')

export const methodOf = (method: Method): string => `<span class="method ${method}">${method.toUpperCase()}</span>`

export function operationArticle(api: OpenApi, { path, method, operation }: Placed): string {
  const { operationId, summary, description = '' } = operation
  const id = attribute(operationId)
  return `<article class="operation" id="${id}" aria-labelledby="${id}-title">
<div class="about"><h3 id="${id}-title"><a href="#${id}">${inline(summary.slice(0, -1))}</a></h3>
<p class="address">${methodOf(method)} <code>${broken(text(path))}</code></p>
${prose(description)}${proofOf(operation)}</div>
<div class="details"><div class="asked">${parameters(parametersOf(api, operation))}${request(api, operation)}</div>${answers(api, operation)}</div>
<div class="try"><h4>Example</h4><pre><code>${broken(text(curlOf(api, path, method, operation)))}</code></pre></div>
</article>`
}

function proofOf({ security }: Operation): string {
  const names = security.flatMap((one) => Object.keys(one)).map((name) => `<a href="#${attribute(name)}">${text(name)}</a>`)
  const optional = security.some((one) => Object.keys(one).length === 0)
  return `<p class="proof">Authentication: ${names.length === 0 ? 'none' : `${names.join(', ')}${optional ? ', or none' : ''}`}</p>`
}

function parameters(all: readonly Parameter[]): string {
  const rows = all.map(({ name, in: place, description, required = false, schema }) =>
    row(name, { ...schema, description }, { required, open: false, place }),
  )
  return rows.length === 0
    ? ''
    : `<h4>Parameters</h4><table><caption class="unseen">Parameters</caption><tbody>${rows.join('')}</tbody></table>`
}

function request(api: OpenApi, { operationId, requestBody }: Operation): string {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(requestBody?.content ?? {})
  return requestBody ? `<h4>Request ${code(type)}</h4>${wholeOf(api, schema, `Fields of the request ${operationId}`, true)}` : ''
}

/** At the top what has a name is shown with its fields: one look tells all. */
function wholeOf(api: OpenApi, schema: JsonSchema, caption: string, open: boolean): string {
  const named = schema.$ref === undefined ? undefined : api.components.schemas[schema.$ref.split('/').at(-1) ?? '']
  const fields = fieldsOf(named ?? schema, caption, open)
  return named || fields === '' ? `<p class="kind">${kindOf(schema)}</p>${fields}` : fields
}

function answers(api: OpenApi, { operationId, responses }: Operation): string {
  const all = Object.entries(responses)
  const own = all.flatMap(([status, answer]) => ('$ref' in answer ? [] : [oneAnswer(api, operationId, status, answer)]))
  const errors = all.flatMap(([status, answer]) => ('$ref' in answer ? [`<li><a href="#error-${status}">${status}</a></li>`] : []))
  return own.join('') + (errors.length === 0 ? '' : `<h4>Errors</h4><ul class="errors">${errors.join('')}</ul>`)
}

function oneAnswer(api: OpenApi, id: string, status: string, { description, content = {} }: Answer): string {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
  const body = type === 'application/json' ? wholeOf(api, schema, `Fields of the response ${status} of ${id}`, false) : ''
  return `<h4>Response ${code(status)} ${type === '' ? '' : code(type)}</h4><p>${inline(description)}</p>${body}`
}
