/** Who may ask over HTTP, what, and how they prove who they are. */
import { type ActionSpec, AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../actions.ts'
import { SERVER_SUMMARIES, SUMMARIES } from '../summaries.ts'
import type { Parameter, SecurityScheme } from './form.ts'

export interface Side {
  /** As in `/v1/<side>/action/<action>`. */
  readonly side: string
  readonly table: Readonly<Record<string, ActionSpec>>
  /** What each of its actions does. */
  readonly summaries: Readonly<Record<string, string>>
  /** The heading that its actions stand under, and what is to be known of them all. */
  readonly tag: string
  readonly about: string
  /** Any one of them. */
  readonly proofs: readonly { readonly name: string; readonly scheme: SecurityScheme }[]
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
  agent_license: {
    name: 'license',
    in: 'query',
    description: 'The number of the organization. Required with a token.',
    schema: { type: 'integer', minimum: 1 },
    example: '1',
  },
  own_origin: {
    name: 'Origin',
    in: 'header',
    description: "Required with the cookie: the server's own address: the cookie counts for nobody else. Browsers send it by themselves.",
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
    summaries: SUMMARIES,
    tag: 'Customers',
    about:
      'What a customer does, in the name of one. A page must be of an origin of its client id; apps and programs send no origin, and their client id is of kind `native` or `server`.',
    proofs: [
      {
        name: 'customer_token',
        scheme: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An `access_token` of `POST /v1/customer/token`.' },
      },
    ],
    parameters: ['license', 'client_id'],
  },
  {
    side: 'agent',
    table: AGENT_ACTIONS,
    summaries: SUMMARIES,
    tag: 'Agents',
    about: "What an agent does: with a token from anywhere, with the cookie of a session on the server's own pages.",
    proofs: [
      {
        name: 'agent_token',
        scheme: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An identity token of role `agent`, that a back end has made. The address names the `license`.',
        },
      },
      {
        name: 'agent_session',
        scheme: { type: 'apiKey', in: 'cookie', name: cookie, description: 'The cookie that `POST /v1/agent/session` sets.' },
      },
    ],
    parameters: ['agent_license', 'own_origin'],
  },
  {
    side: 'server',
    table: SERVER_ACTIONS,
    summaries: SERVER_SUMMARIES,
    tag: 'Back ends',
    about: 'What a back end does, in the name of anybody. Never from a page: what a browser sends along as its origin is refused.',
    proofs: [
      {
        name: 'api_key',
        scheme: { type: 'http', scheme: 'bearer', description: 'An API key of the organization. It needs the scope that an action names.' },
      },
    ],
    parameters: [],
  },
]
