/** `/docs/api`: the document of the API for people to read, complete without any script (DOC2). */
import type { Method, OpenApi, Operation } from '../../../protocol/openapi/form.ts'
import { attribute, page, text } from '../html.ts'
import { fieldsOf, kindOf, limitsOf } from './fields.ts'
import { methodOf, operationArticle, type Placed } from './operation.ts'
import { code, inline, prose } from './words.ts'

export const STYLES = '/docs/api.css'

export const referencePage = (api: OpenApi): string =>
  page({
    lang: 'en',
    title: `${api.info.title} API`,
    styles: STYLES,
    body: `<a class="skip" href="#main">Skip to the content</a>
<header><p class="brand">${text(api.info.title)} <span>API</span></p><p class="version">${text(api.info.version)}</p>
<a href="/openapi.json">openapi.json</a><a class="menu" href="#contents">Contents</a></header>
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
    entry('authentication', 'Authentication'),
    entry('headers', 'Response headers'),
    entry('errors', 'Errors'),
  ])
  const names = Object.keys(api.components.schemas).map((name) => entry(name, text(name)))
  return `<nav id="contents" aria-label="Contents"><a class="close" href="#main">Close</a><ul>${start}${tags.join('')}${part('objects', 'Objects', names)}</ul></nav>`
}

function introduction({ info, components }: OpenApi): string {
  const schemes = Object.entries(components.securitySchemes).map(([name, { description }]) => [name, name, prose(description)] as const)
  const headers = Object.entries(components.headers).map(([name, { description, example }]) => {
    return [`header-${name.toLowerCase()}`, name, `${prose(description)}${example ? `<p>${code(example)}</p>` : ''}`] as const
  })
  const errors = Object.entries(components.responses).map(([name, { description }]) => {
    const status = name.replace(/\D/g, '')
    return [`error-${status}`, status, prose(description)] as const
  })
  return `<section aria-labelledby="introduction" class="introduction"><h1 id="introduction">API reference</h1>${prose(info.description)}
${list('authentication', 'Authentication', schemes)}${list('headers', 'Response headers', headers)}${list('errors', 'Errors', errors)}</section>`
}

/** Each with its id, its name and what there is to say of it. */
function list(id: string, heading: string, all: readonly (readonly [string, string, string])[]): string {
  const rows = all.map(([id, name, words]) => `<tr id="${attribute(id)}"><th scope="row">${code(name)}</th><td>${words}</td></tr>`)
  return `<h2 id="${id}">${heading}</h2><table><caption class="unseen">${heading}</caption><tbody>${rows.join('')}</tbody></table>`
}

const groups = (api: OpenApi): string =>
  api.tags
    .map(({ name, description }) => {
      const operations = under(api, name).map((one) => operationArticle(api, one))
      return `<section aria-labelledby="${idOf(name)}"><div class="group"><h2 id="${idOf(name)}">${text(name)}</h2>${prose(description)}</div>${operations.join('')}</section>`
    })
    .join('')

function objects({ components }: OpenApi): string {
  const all = Object.entries(components.schemas).map(([name, schema]) => {
    const fields = fieldsOf(schema, `Fields of ${name}`, false)
    const kind = fields === '' ? `<p class="kind">${[kindOf(schema), ...limitsOf(schema)].join(' · ')}</p>` : ''
    return `<article class="object" id="${attribute(name)}" aria-labelledby="${attribute(name)}-title">
<h3 id="${attribute(name)}-title"><a href="#${attribute(name)}">${text(name)}</a></h3><p>${inline(schema.description ?? '')}</p>${kind}${fields}</article>`
  })
  return `<section aria-labelledby="objects"><div class="group"><h2 id="objects">Objects</h2><p>What requests and responses are made of.</p></div>${all.join('')}</section>`
}
