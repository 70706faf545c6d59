/** The whole HTTP API as one OpenAPI document, made from the tables that the server itself goes by. */
import { VERSION } from '../version.ts'
import { HEADERS, refusals } from './answers.ts'
import { FILES, files } from './files.ts'
import type { Address, OpenApi, Operation } from './form.ts'
import { METRICS_TOKEN, OPERATING, operating } from './operating.ts'
import { operationsOf } from './operations.ts'
import { namedSchemas } from './schemas.ts'
import { PARAMETERS, sidesWith } from './sides.ts'
import { SIGNING_IN, signingIn } from './signing-in.ts'

const ABOUT = `Everything that a program may ask of a Porchlight server over HTTP.

Bodies are JSON in UTF-8, names are in snake case, times are RFC 3339 in UTC. A field that a request's schema does not name is refused; answers may grow, so pass over fields that you do not know.

Every refusal has the same form: a \`type\` of a closed list, a \`message\` for developers, and \`data\` that names the field. A refused request has changed nothing. What may work when it is tried again says after how long.

The same actions go over a socket at \`/v1/customer/rtm\` and \`/v1/agent/rtm\`, where everything that happens is pushed as well.`

export interface DocumentOptions {
  /** How the cookie of an agent's session is called. */
  readonly cookie: string
}

export function openApi({ cookie }: DocumentOptions): OpenApi {
  const sides = sidesWith(cookie)
  const schemes = [...sides.flatMap(({ proofs }) => proofs), METRICS_TOKEN]
  return {
    openapi: '3.1.1',
    info: { title: 'Porchlight', version: VERSION, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'The server that serves this document.' }],
    tags: [SIGNING_IN, ...sides.map(({ tag, about }) => ({ name: tag, description: about })), FILES, OPERATING],
    paths: byPath([...signingIn, ...sides.flatMap(operationsOf), ...files, ...operating]),
    components: {
      schemas: namedSchemas(),
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: refusals(),
      securitySchemes: Object.fromEntries(schemes.map(({ name, scheme }) => [name, scheme])),
    },
  }
}

function byPath(all: readonly Address[]): OpenApi['paths'] {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const { path, method, operation } of all) paths[path] = { ...paths[path], [method]: operation }
  return paths
}
