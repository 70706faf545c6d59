/** The addresses where customers and agents prove who they are. */
import { receipts, UnreadRequest } from '../receipts.ts'
import { Type } from '../schema.ts'
import { SessionRequest, SessionResponse, TokenRequest, TokenResponse, TokenRevocation } from '../tokens.ts'
import { under } from './addresses.ts'
import { answered, refusedWith } from './answers.ts'
import type { Address, JsonSchema, Parameter } from './form.ts'
import { jsonBody, parameterRef } from './operations.ts'
import { written } from './schemas.ts'

export const SIGNING_IN = { name: 'Signing in', description: 'Tokens for customers, sessions for agents.' }

const address = under(SIGNING_IN.name)
const nothing: JsonSchema = { type: 'object', properties: {} }
const client = [parameterRef('license'), parameterRef('client_id')]
const redirectUri: Parameter = {
  name: 'redirect_uri',
  in: 'query',
  description: "For the server's page in an app's web view: the address that the app has registered.",
  schema: { type: 'string' },
}

const ofCustomers: readonly Address[] = [
  address('post', '/v1/customer/token', {
    operationId: 'grant_customer_token',
    summary: "Gives a customer's device its tokens.",
    description: 'By a key of its own making, by its refresh token, or by the word of the back end of the site.',
    security: [],
    parameters: [...client, redirectUri],
    requestBody: jsonBody(written(TokenRequest, 'TokenRequest'), 'TokenRequest'),
    responses: { 200: answered(written(TokenResponse, 'Tokens'), 'The tokens.'), ...refusedWith(401) },
  }),
  address('delete', '/v1/customer/token', {
    operationId: 'revoke_customer_token',
    summary: 'Forgets a device.',
    description: 'Forgetting what is not known is no failure.',
    security: [],
    parameters: [...client, redirectUri],
    requestBody: jsonBody(written(TokenRevocation, 'TokenRevocation'), 'TokenRevocation'),
    responses: { 200: answered(nothing, 'It is forgotten.'), ...refusedWith() },
  }),
  address('post', '/v1/customer/unread', {
    operationId: 'count_unread',
    summary: 'Counts what is unread, for a page that shows no more than that.',
    description: 'Asked without a login, by the `unread_token` of an earlier one, and nothing is set by it.',
    security: [],
    parameters: client,
    requestBody: jsonBody(written(UnreadRequest, 'UnreadRequest'), 'UnreadRequest'),
    responses: { 200: answered(written(receipts.unread.response, 'get_unread_count'), 'The count.', true), ...refusedWith(401) },
  }),
]

const SESSION = '/v1/agent/session'

const ofAgents: readonly Address[] = [
  address('get', SESSION, {
    operationId: 'read_agent_session',
    summary: 'Tells who is signed in.',
    description: 'Nobody is no failure: the answer is then an object without fields.',
    security: [{ agent_session: [] }, {}],
    responses: { 200: answered(written(Type.Partial(SessionResponse), 'Session'), 'Who it is.'), ...refusedWith() },
  }),
  address('post', SESSION, {
    operationId: 'open_agent_session',
    summary: 'Signs an agent in.',
    description:
      'By a password or a sign-in link: the session is a cookie that no script can read. An identity token opens none: the answer tells for whom it speaks.',
    security: [],
    requestBody: jsonBody(written(SessionRequest, 'SessionRequest'), 'SessionRequest'),
    responses: { 200: answered(written(SessionResponse, 'Session'), 'Who it is.'), ...refusedWith(401) },
  }),
  address('delete', SESSION, {
    operationId: 'close_agent_session',
    summary: 'Signs the agent out.',
    security: [{ agent_session: [] }],
    parameters: [parameterRef('own_origin')],
    responses: { 200: answered(nothing, 'The session is over.'), ...refusedWith() },
  }),
]

export const signingIn: readonly Address[] = [...ofCustomers, ...ofAgents]
