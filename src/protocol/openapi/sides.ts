/** Who may ask over HTTP, what, and how they prove who they are. */
import { type ActionSpec, AGENT_ACTIONS, CUSTOMER_ACTIONS } from '../actions.ts'
import type { Parameter, SecurityScheme } from './form.ts'

export interface Side {
  /** As in `/v1/<side>/action/<action>`. */
  readonly side: string
  readonly table: Readonly<Record<string, ActionSpec>>
  /** The heading that its actions stand under, and what is to be known of them all. */
  readonly tag: string
  readonly about: string
  readonly security: { readonly name: string; readonly scheme: SecurityScheme }
  /** What its addresses carry besides, by name. */
  readonly parameters: readonly ParameterName[]
}

export const PARAMETERS = {
  license: {
    name: 'license',
    in: 'query',
    required: true,
    description: 'The number of the organization.',
    schema: { type: 'integer', minimum: 1 },
    example: '1',
  },
  client_id: {
    name: 'client_id',
    in: 'query',
    required: true,
    description: 'Where the customer comes from: a site, an app, a program.',
    schema: { type: 'string' },
    example: 'app',
  },
  own_origin: {
    name: 'Origin',
    in: 'header',
    required: true,
    description: "The server's own address: the cookie counts for nobody else. Browsers send it by themselves.",
    schema: { type: 'string' },
    example: 'https://chat.example.com',
  },
  idempotency_key: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'A name for this request. Under it it is carried out once, however often it comes within 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
    example: '0d7c2f6e-4f0b-4d0e-9b0a-5f1f2a3b4c5d',
  },
} as const satisfies Record<string, Parameter>

export type ParameterName = keyof typeof PARAMETERS

/** `cookie`: how the one of an agent's session is called. */
export const sidesWith = (cookie: string): readonly Side[] => [
  {
    side: 'customer',
    table: CUSTOMER_ACTIONS,
    tag: 'Customers',
    about:
      'What a customer does, in the name of one. A page must be of an origin of its client id; apps and programs send no origin, and their client id is of kind `native` or `server`.',
    security: {
      name: 'customer_token',
      scheme: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An `access_token` of `POST /v1/customer/token`.' },
    },
    parameters: ['license', 'client_id'],
  },
  {
    side: 'agent',
    table: AGENT_ACTIONS,
    tag: 'Agents',
    about: "What an agent does, on the server's own pages.",
    security: {
      name: 'agent_session',
      scheme: { type: 'apiKey', in: 'cookie', name: cookie, description: 'The cookie that `POST /v1/agent/session` sets.' },
    },
    parameters: ['own_origin'],
  },
]
