/** A schema as a table of its fields, with a table in it for every field that has fields of its own. */
import type { JsonSchema } from '../../../protocol/openapi/form.ts'
import { attribute, text } from '../html.ts'
import { code, either, inline } from './words.ts'

const nameOf = (ref: string) => ref.split('/').at(-1) ?? ''

export const link = (ref: string): string => `<a href="#${attribute(nameOf(ref))}">${text(nameOf(ref))}</a>`

/** What kind of value it is, in a few words. */
export function kindOf(schema: JsonSchema): string {
  const { $ref, type, items, anyOf, additionalProperties: values } = schema
  if ($ref) return link($ref)
  if (schema.enum) return either(schema.enum.map((word) => code(JSON.stringify(word))))
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (anyOf) return either([...new Set(anyOf.map(kindOf))])
  if (type === 'array' && items) return `list of ${kindOf(items)}`
  if (typeof values === 'object') return `object of ${kindOf(values)}`
  return text(type ?? 'anything')
}

const between = (least: number | undefined, most: number | undefined, what: string): string[] => {
  if (most !== undefined && most < Number.MAX_SAFE_INTEGER) return [least ? `${least} to ${most}${what}` : `at most ${most}${what}`]
  return least ? [`at least ${least}${what}`] : []
}

/** How much of it there may be. */
export function limitsOf(schema: JsonSchema): string[] {
  const { default: otherwise, pattern } = schema
  return [
    ...between(schema.minLength, schema.maxLength, ' characters'),
    ...between(schema.minimum, schema.maximum, ''),
    ...between(schema.minItems, schema.maxItems, ' items'),
    ...between(schema.minProperties, schema.maxProperties, ' keys'),
    ...(otherwise === undefined ? [] : [`${JSON.stringify(otherwise)} unless told otherwise`]),
    ...(pattern === undefined ? [] : [`like ${code(pattern)}`]),
  ]
}

/** What has fields in it: an object, those in a list, or several forms of one. */
function within(schema: JsonSchema): readonly JsonSchema[] {
  if (schema.properties) return [schema]
  if (schema.items) return within(schema.items)
  if (schema.anyOf) return schema.anyOf.flatMap(within)
  return typeof schema.additionalProperties === 'object' ? within(schema.additionalProperties) : []
}

/** The field of which a form has one value only: by it it is known. */
const markOf = ({ properties = {} }: JsonSchema) => Object.entries(properties).find(([, { const: value }]) => value !== undefined)

/** `caption` says whose fields they are. `open`: whether what lies deeper is shown at once. */
export function fieldsOf(schema: JsonSchema, caption: string, open: boolean): string {
  const forms = within(schema)
  if (forms.length < 2) return forms.map((form) => table(form, caption, open)).join('')
  return forms.map((form) => formOf(form, caption, open)).join('')
}

function formOf(form: JsonSchema, caption: string, open: boolean): string {
  const { properties = {} } = form
  const [mark, value] = markOf(form) ?? []
  if (mark === undefined) return `<p class="form">With ${Object.keys(properties).map(code).join(' and ')}</p>${table(form, caption, open)}`
  const others = Object.fromEntries(Object.entries(properties).filter(([name]) => name !== mark))
  const known = `${code(mark)} is ${code(JSON.stringify(value?.const))}`
  return `<p class="form">Where ${known}</p>${table({ ...form, properties: others }, caption, open)}`
}

function table({ properties = {}, required = [] }: JsonSchema, caption: string, open: boolean): string {
  const rows = Object.entries(properties).map(([name, field]) => row(name, field, { required: required.includes(name), open }))
  if (rows.length === 0) return '<p class="none">An object without fields.</p>'
  return `<table><caption class="unseen">${text(caption)}</caption><tbody>${rows.join('')}</tbody></table>`
}

interface RowOptions {
  readonly required: boolean
  readonly open: boolean
  /** Of a parameter: where in the request it stands. */
  readonly place?: string
}

/** Fields of a field have the whole width below it: there may be more in them. */
export function row(name: string, field: JsonSchema, { required, open, place }: RowOptions): string {
  const deeper = within(field).length > 0 ? fieldsOf(field, `Fields of ${name}`, open) : ''
  const limits = limitsOf(field).map((limit) => ` <span class="limit">${limit}</span>`)
  const kind = [...(place ? [place] : []), kindOf(field)].join(' · ')
  return `<tr${deeper && ' class="opens"'}><th scope="row">${code(name)}${required ? '<span class="needed">required</span>' : ''}</th>
<td><p class="kind">${kind}${limits.join('')}</p>${field.description ? `<p>${inline(field.description)}</p>` : ''}</td></tr>${
    deeper &&
    `<tr class="deeper"><td colspan="2"><details${open ? ' open' : ''}><summary>Fields of ${code(name)}</summary>${deeper}</details></td></tr>`
  }`
}
