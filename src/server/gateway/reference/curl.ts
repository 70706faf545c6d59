/** A request as a command line that can be copied: with what is required, and what may stand in the address for example. */
import type { Method, OpenApi, Operation, Parameter, Reference } from '../../../protocol/openapi/form.ts'

const SERVER = 'https://chat.example.com'

const quoted = (words: string) => `'${words.replaceAll("'", "'\\''")}'`

export function curlOf(api: OpenApi, path: string, method: Method, operation: Operation): string {
  const given = parametersOf(api, operation).filter(({ required, in: place, example }) => required || (place === 'query' && example))
  const placed = (place: Parameter['in']) => given.filter((parameter) => parameter.in === place)
  const address = placed('path').reduce((all, { name, example = '' }) => all.replace(`{${name}}`, example), path)
  const query = placed('query').map(({ name, example = '' }) => `${name}=${encodeURIComponent(example)}`)
  const lines = [
    `curl ${METHODS[method] ?? ''}${quoted(`${SERVER}${address}${query.length > 0 ? '?' : ''}${query.join('&')}`)}`,
    ...placed('header').map(({ name, example }) => `-H ${quoted(`${name}: ${example}`)}`),
    ...proof(api, operation),
    ...body(operation),
  ]
  return lines.join(' \\\n  ')
}

export const parametersOf = ({ components }: OpenApi, { parameters = [] }: Operation): Parameter[] =>
  parameters.map(
    (one: Parameter | Reference) => ('$ref' in one ? components.parameters[one.$ref.split('/').at(-1) ?? ''] : one) as Parameter,
  )

function proof({ components }: OpenApi, { security }: Operation): string[] {
  const [name] = Object.keys(security[0] ?? {})
  const scheme = name === undefined ? undefined : components.securitySchemes[name]
  if (name === undefined || scheme === undefined) return []
  const placeholder = name.toUpperCase()
  if (scheme.type === 'http') return [`-H ${quoted(`Authorization: Bearer ${placeholder}`)}`]
  // A cookie counts with the server's own origin only.
  return [`-H ${quoted(`Origin: ${SERVER}`)}`, `-b ${quoted(`${scheme.name}=${placeholder}`)}`]
}

/** All others follow from whether there is a body. */
const METHODS: Readonly<Partial<Record<Method, string>>> = { delete: '-X DELETE ', put: '-X PUT ' }

function body({ requestBody }: Operation): string[] {
  if (!requestBody) return []
  const json = requestBody.content['application/json']
  if (requestBody.content['application/octet-stream']) return [`--data-binary ${quoted('@lantern.jpg')}`]
  return json
    ? [`-H ${quoted('Content-Type: application/json')}`, `-d ${quoted(JSON.stringify(json.example, null, 2))}`]
    : [`-F ${quoted('file=@lantern.jpg')}`]
}
