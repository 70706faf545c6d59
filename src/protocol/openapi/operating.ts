/** The addresses for who runs the server. */
import { under } from './addresses.ts'
import { answered, answeredWith, refusedOnly } from './answers.ts'
import type { Address, JsonSchema, SecurityScheme } from './form.ts'

export const OPERATING = { name: 'Operations', description: 'For who runs the server, and this document.' }

export const METRICS_TOKEN: { readonly name: string; readonly scheme: SecurityScheme } = {
  name: 'metrics_token',
  scheme: { type: 'http', scheme: 'bearer', description: 'The `METRICS_TOKEN` of the server. Without one only its own machine may ask.' },
}

const flag = (name: string, description: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'boolean', description }, ...more },
})

const why: JsonSchema = { type: 'string', enum: ['draining', 'store'], description: 'It is about to end, or its store does not answer.' }

const address = under(OPERATING.name)

export const operating: readonly Address[] = [
  address('get', '/healthz', {
    operationId: 'read_health',
    summary: 'Tells that the process lives.',
    security: [],
    responses: { 200: answered(flag('alive', 'Always true.'), 'It lives.') },
  }),
  address('get', '/readyz', {
    operationId: 'read_readiness',
    summary: 'Tells whether the server takes work.',
    security: [],
    responses: {
      200: answered(flag('ready', 'Whether it takes work.'), 'It does.'),
      503: answered(flag('ready', 'Whether it takes work.', { why }), 'It does not.'),
    },
  }),
  address('get', '/metrics', {
    operationId: 'read_metrics',
    summary: 'Tells what the server counts, for Prometheus.',
    security: [{ [METRICS_TOKEN.name]: [] }, {}],
    responses: { 200: answeredWith('text/plain', { type: 'string' }, 'The metrics.'), ...refusedOnly(401, 403) },
  }),
  address('get', '/openapi.json', {
    operationId: 'read_openapi',
    summary: 'This document.',
    security: [],
    responses: { 200: answered({ type: 'object' }, 'An OpenAPI document.'), 304: { description: 'It is the one that you have.' } },
  }),
]
