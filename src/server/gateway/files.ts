/** Serving files by their signed addresses, so that no browser takes them for anything but what they are shown as (FIL7). */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Refusal } from '../domain/refusal.ts'
import type { ByteRange } from '../files/files.ts'
import type { FileRow } from '../store/rows.ts'
import { INLINE_TYPES } from './content-types.ts'
import { contentDisposition } from './file-names.ts'
import type { Gateway } from './gateway.ts'
import type { Parts } from './parts.ts'
import type { HttpAsked, HttpReply, Route } from './routes.ts'

/** Every site may show what its visitors were given the address of; nothing in it runs, loads or sends. */
const SAFE = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'accept-ranges': 'bytes',
  // Longer than the address holds: a picture that was seen is drawn again by a page that stays open.
  'cache-control': 'private, max-age=86400, immutable',
} as const

export const fileRoute = (gateway: Gateway): Route => ({
  method: 'GET',
  path: '/files/*',
  purpose: 'read the file',
  async handle(asked) {
    const [id = ''] = asked.name.split('/', 1)
    const left = gateway.fileSigner.left(id, asked.query('exp'), asked.query('sig'))
    const file = left === null ? null : await gateway.parts.store.file(id)
    if (!file || left === null) throw new Refusal('not_found', 'unable to read the file; there is none at this address')
    if (left === 0) throw new Refusal('authorization', 'unable to read the file; the time of this address is up')
    const headers = { ...SAFE, ...headersOf(file) }
    if (asked.header('if-none-match') === headers.etag) return { status: 304, headers, body: '' }
    return serve(gateway, asked, file, headers)
  },
})

const headersOf = ({ hash, name, content_type }: FileRow) => ({
  etag: `"${hash}"`,
  'content-type': content_type,
  'content-disposition': contentDisposition(INLINE_TYPES.includes(content_type) ? 'inline' : 'attachment', name),
})

type Headers = ReturnType<typeof headersOf> & Readonly<Record<string, string>>

async function serve({ parts, counts }: Gateway, asked: HttpAsked, file: FileRow, headers: Headers): Promise<HttpReply> {
  const { id, size } = file
  const wanted = asked.header('if-range') === null || asked.header('if-range') === headers.etag ? asked.header('range') : null
  const range = rangeOf(wanted, size)
  if (range === 'beyond') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, body: '' }
  const length = range ? range.to - range.from + 1 : size
  const all = {
    ...headers,
    'content-length': String(length),
    ...(range && { 'content-range': `bytes ${range.from}-${range.to}/${size}` }),
  }
  // An empty stream, since of an empty text the library would tell the length.
  const body = asked.method === 'HEAD' ? Readable.from([]) : await parts.files.read(id, range ?? undefined)
  if (body === null) {
    parts.log.error({ file_id: id }, 'the bytes of a file are missing')
    throw new Refusal('not_found', 'unable to read the file; its bytes are missing')
  }
  counts.served.add({}, asked.method === 'HEAD' ? 0 : length)
  const whole = range === null && asked.method !== 'HEAD'
  return { status: range ? 206 : 200, headers: all, body: whole ? Readable.from(checked(parts, file, body)) : body }
}

/** Bytes that a disk has altered are not served as the file: the last of them are held back until it is known to be whole. */
async function* checked({ log }: Parts, { id, hash }: FileRow, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256')
  let held: Uint8Array | null = null
  for await (const chunk of bytes) {
    digest.update(chunk)
    if (held) yield held
    held = chunk
  }
  if (digest.digest('base64url') !== hash) {
    log.error({ file_id: id }, 'the bytes of a file are not those that were taken in')
    throw new Error(`unable to serve file ${id}; its bytes were altered`)
  }
  if (held) yield held
}

/** One range, as players and broken downloads ask for it. Several, or what is no range, is answered with everything. */
function rangeOf(header: string | null, size: number): ByteRange | 'beyond' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < from) return null
  return from >= size || (first === '' && Number(last) === 0) ? 'beyond' : { from, to }
}
