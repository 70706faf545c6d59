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

/** A form is known by the field of which it has one value only. */
function markOf({ properties = {} }: JsonSchema): string {
  const [mark] = Object.entries(properties).filter(([, { const: value }]) => value !== undefined)
  return mark ? `${code(mark[0])} is ${code(JSON.stringify(mark[1].const))}` : inline(Object.keys(properties).join(' and '))
}

/** `caption` says whose fields they are. `open`: whether what lies deeper is shown at once. */
export function fieldsOf(schema: JsonSchema, caption: string, open: boolean): string {
  const forms = within(schema)
  if (forms.length < 2) return forms.map((form) => table(form, caption, open)).join('')
  return forms.map((form) => `<p class="form">Where ${markOf(form)}</p>${table(form, caption, open)}`).join('')
}

function table({ properties = {}, required = [] }: JsonSchema, caption: string, open: boolean): string {
  const rows = Object.entries(properties).map(([name, field]) => row(name, field, required.includes(name), open))
  if (rows.length === 0) return '<p class="none">An object without fields.</p>'
  return `<table><caption class="unseen">${text(caption)}</caption><tbody>${rows.join('')}</tbody></table>`
}

export function row(name: string, field: JsonSchema, required: boolean, open: boolean): string {
  const deeper = within(field).length > 0 ? fieldsOf(field, `Fields of ${name}`, open) : ''
  const limits = limitsOf(field).map((limit) => `<span class="limit">${limit}</span>`)
  return `<tr><th scope="row">${code(name)}${required ? '<span class="needed">required</span>' : ''}</th>
<td><p class="kind">${[kindOf(field), ...limits].join(' ')}</p>${field.description ? `<p>${inline(field.description)}</p>` : ''}${
    deeper && `<details${open ? ' open' : ''}><summary>Fields of ${code(name)}</summary>${deeper}</details>`
  }</td></tr>`
}
