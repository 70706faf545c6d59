/** The addresses of files, where their bytes are read and sent to. */
import { UploadedFile } from '../files.ts'
import { under } from './addresses.ts'
import { answered, answeredWith, refusedOnly, refusedWith } from './answers.ts'
import type { Address, JsonSchema, Parameter } from './form.ts'
import { written } from './schemas.ts'

export const FILES = { name: 'Files', description: 'Reading what was uploaded, and sending what was announced.' }

export const bytes: JsonSchema = { type: 'string', contentMediaType: 'application/octet-stream' }

const parameter = (place: Parameter['in'], name: string, description: string, example?: string): Parameter => ({
  name,
  in: place,
  description,
  ...(place !== 'header' && { required: true }),
  schema: { type: 'string' },
  ...(example !== undefined && { example }),
})

const id = parameter('path', 'id', 'The file.', '7be0d5c1f2a94e83')
const address = under(FILES.name)

export const files: readonly Address[] = [
  address('get', '/files/{id}/{name}', {
    operationId: 'read_file',
    summary: 'Reads a file.',
    description:
      'The address is a capability: it comes whole from the `url` of an event or an upload, and holds for an hour. Nobody makes one up.',
    security: [],
    parameters: [
      id,
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
  }),
  address('put', '/uploads/{id}', {
    operationId: 'send_upload',
    summary: 'Sends the bytes of a file.',
    description: 'The address comes whole from `create_upload`, becomes that one file, and holds for 15 minutes.',
    security: [],
    parameters: [id, parameter('query', 'token', 'Proves that the server made the address.', 'eyJhbGciOi')],
    requestBody: { required: true, content: { 'application/octet-stream': { schema: bytes } } },
    responses: { 200: answered(written(UploadedFile, 'UploadedFile'), 'The file.', true), ...refusedWith(409, 422) },
  }),
]
