/** The addresses for files, and for who runs the server. */
import { UploadedFile } from '../files.ts'
import { answered, answeredWith, refusedOnly, refusedWith } from './answers.ts'
import type { Address, JsonSchema, Operation, Parameter, SecurityScheme } from './form.ts'
import { written } from './schemas.ts'

export const FILES = { name: 'Files', description: 'Reading what was uploaded, and sending what was announced.' }
export const OPERATING = { name: 'Operations', description: 'For who runs the server, and this document.' }

export const METRICS_TOKEN: { readonly name: string; readonly scheme: SecurityScheme } = {
  name: 'metrics_token',
  scheme: { type: 'http', scheme: 'bearer', description: 'The `METRICS_TOKEN` of the server. Without one only its own machine may ask.' },
}

const parameter = (place: Parameter['in'], name: string, description: string, example?: string): Parameter => ({
  name,
  in: place,
  description,
  ...(place !== 'header' && { required: true }),
  schema: { type: 'string' },
  ...(example !== undefined && { example }),
})

const bytes: JsonSchema = { type: 'string', contentMediaType: 'application/octet-stream' }

const reading: Address = {
  path: '/files/{id}/{name}',
  method: 'get',
  operation: {
    operationId: 'read_file',
    tags: [FILES.name],
    summary: 'Reads a file.',
    description:
      'The address is a capability: it comes whole from the `url` of an event or an upload, and holds for an hour. Nobody makes one up.',
    security: [],
    parameters: [
      parameter('path', 'id', 'The file.', '7be0d5c1f2a94e83'),
      parameter('path', 'name', 'What it is called.', 'lantern.jpg'),
      parameter('query', 'exp', 'When the address ends.', '1767225600'),
      parameter('query', 'sig', 'Proves that the server made the address.', 'Qm9vdGhz'),
      parameter('header', 'Range', 'One range of bytes, as in `bytes=0-1023`.'),
      parameter('header', 'If-None-Match', 'The `ETag` of an earlier answer.'),
    ],
    responses: {
      200: answeredWith('*/*', bytes, 'The file, with the content type that its bytes have.'),
      206: answeredWith('*/*', bytes, 'The range that was asked for.'),
      304: { description: 'It is the one that you have.' },
      ...refusedOnly(403, 404, 500),
      416: { description: 'The range lies beyond the end.' },
    },
  },
}

const flag = (name: string, description: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'boolean', description }, ...more },
})

const why: JsonSchema = { type: 'string', enum: ['draining', 'store'], description: 'It is about to end, or its store does not answer.' }

const get = (path: string, operation: Omit<Operation, 'tags'>): Address => ({
  path,
  method: 'get',
  operation: { tags: [OPERATING.name], ...operation },
})

const sending: Address = {
  path: '/uploads/{id}',
  method: 'put',
  operation: {
    operationId: 'send_upload',
    tags: [FILES.name],
    summary: 'Sends the bytes of a file.',
    description: 'The address comes whole from `create_upload` of a back end, becomes that one file, and holds for 15 minutes.',
    security: [],
    parameters: [
      parameter('path', 'id', 'The file.', '7be0d5c1f2a94e83'),
      parameter('query', 'token', 'Proves that the server made the address.', 'eyJhbGciOi'),
    ],
    requestBody: { required: true, content: { 'application/octet-stream': { schema: bytes } } },
    responses: { 200: answered(written(UploadedFile, 'UploadedFile'), 'The file.'), ...refusedWith(409, 422) },
  },
}

export const operating: readonly Address[] = [
  reading,
  sending,
  get('/healthz', {
    operationId: 'read_health',
    summary: 'Tells that the process lives.',
    security: [],
    responses: { 200: answered(flag('alive', 'Always true.'), 'It lives.') },
  }),
  get('/readyz', {
    operationId: 'read_readiness',
    summary: 'Tells whether the server takes work.',
    security: [],
    responses: {
      200: answered(flag('ready', 'Whether it takes work.'), 'It does.'),
      503: answered(flag('ready', 'Whether it takes work.', { why }), 'It does not.'),
    },
  }),
  get('/metrics', {
    operationId: 'read_metrics',
    summary: 'Tells what the server counts, for Prometheus.',
    security: [{ [METRICS_TOKEN.name]: [] }, {}],
    responses: { 200: answeredWith('text/plain', { type: 'string' }, 'The metrics.'), ...refusedOnly(401, 403) },
  }),
  get('/openapi.json', {
    operationId: 'read_openapi',
    summary: 'This document.',
    security: [],
    responses: { 200: answered({ type: 'object' }, 'An OpenAPI document.'), 304: { description: 'It is the one that you have.' } },
  }),
]
