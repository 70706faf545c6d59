/** `/docs/api`: the document of the API for people to read, complete without any script (DOC2). */
import type { Method, OpenApi, Operation } from '../../../protocol/openapi/form.ts'
import { attribute, page, text } from '../html.ts'
import { fieldsOf, kindOf, limitsOf } from './fields.ts'
import { methodOf, operationSection, type Placed } from './operation.ts'
import { code, inline, prose } from './words.ts'

export const STYLES = '/docs/api.css'

export const referencePage = (api: OpenApi): string =>
  page({
    lang: 'en',
    title: `${api.info.title} API`,
    styles: STYLES,
    body: `<a class="skip" href="#main">Skip to the content</a>
<header><p class="brand">${text(api.info.title)} <span>API</span></p><p class="version">${text(api.info.version)}</p>
<a href="/openapi.json">openapi.json</a></header>
<div class="columns">${contents(api)}<main id="main" tabindex="-1">${introduction(api)}${groups(api)}${objects(api)}</main></div>`,
  })

const idOf = (heading: string) => heading.toLowerCase().replace(/\W+/g, '-')

const placed = ({ paths }: OpenApi): Placed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method as Method, operation: operation as Operation })),
  )

const under = (api: OpenApi, tag: string) => placed(api).filter(({ operation }) => operation.tags.includes(tag))

const entry = (id: string, label: string) => `<li><a href="#${attribute(id)}">${label}</a></li>`

/** An action goes by its name, all else by its address. */
const labelOf = ({ path, method }: Placed) => /\/action\/(\w+)$/.exec(path)?.[1] ?? `${methodOf(method)} ${text(path)}`

const part = (id: string, heading: string, entries: readonly string[]) =>
  `<li><a class="part" href="#${attribute(id)}">${text(heading)}</a><ul>${entries.join('')}</ul></li>`

function contents(api: OpenApi): string {
  const tags = api.tags.map(({ name }) =>
    part(
      idOf(name),
      name,
      under(api, name).map((one) => entry(one.operation.operationId, labelOf(one))),
    ),
  )
  const start = part('introduction', 'Introduction', [
    entry('proofs', 'Proofs'),
    entry('heads', 'Heads of answers'),
    entry('refusals', 'Refusals'),
  ])
  const names = Object.keys(api.components.schemas).map((name) => entry(name, text(name)))
  return `<nav aria-label="Contents"><details><summary>Contents</summary><ul>${start}${tags.join('')}${part('objects', 'Objects', names)}</ul></details></nav>`
}

function introduction({ info, components }: OpenApi): string {
  const rows = (all: readonly (readonly [string, string, string])[]) =>
    all.map(([id, name, words]) => `<tr id="${attribute(id)}"><th scope="row">${code(name)}</th><td>${words}</td></tr>`).join('')
  const table = (id: string, heading: string, all: readonly (readonly [string, string, string])[]) =>
    `<h3 id="${id}">${heading}</h3><table><caption class="unseen">${heading}</caption><tbody>${rows(all)}</tbody></table>`
  const schemes = Object.entries(components.securitySchemes).map(([name, { description }]) => [name, name, prose(description)] as const)
  const heads = Object.entries(components.headers).map(([name, { description, example }]) => {
    return [`head-${name.toLowerCase()}`, name, `${prose(description)}${example ? `<p>${code(example)}</p>` : ''}`] as const
  })
  const refused = Object.entries(components.responses).map(([name, { description }]) => {
    const status = name.replace(/\D/g, '')
    return [`refused-${status}`, status, prose(description)] as const
  })
  return `<section aria-labelledby="introduction" class="introduction"><h1 id="introduction">${text(info.title)} API</h1>${prose(info.description)}
${table('proofs', 'Proofs', schemes)}${table('heads', 'Heads of answers', heads)}${table('refusals', 'Refusals', refused)}</section>`
}

const groups = (api: OpenApi): string =>
  api.tags
    .map(({ name, description }) => {
      const operations = under(api, name).map((one) => operationSection(api, one))
      return `<section aria-labelledby="${idOf(name)}"><div class="group"><h2 id="${idOf(name)}">${text(name)}</h2>${prose(description)}</div>${operations.join('')}</section>`
    })
    .join('')

function objects({ components }: OpenApi): string {
  const all = Object.entries(components.schemas).map(([name, schema]) => {
    const hasFields = fieldsOf(schema, `Fields of ${name}`, false)
    const kind = schema.properties ? '' : `<p class="kind">${[kindOf(schema), ...limitsOf(schema)].join(' · ')}</p>`
    return `<section class="object" id="${attribute(name)}" aria-labelledby="${attribute(name)}-title"><h3 id="${attribute(name)}-title"><a href="#${attribute(name)}">${text(name)}</a></h3><p>${inline(schema.description ?? '')}</p>${kind}${hasFields}</section>`
  })
  return `<section aria-labelledby="objects"><div class="group"><h2 id="objects">Objects</h2><p>What requests and answers are made of.</p></div>${all.join('')}</section>`
}
