/** Taking in files: read as they come, measured on the way, and kept whole or not at all (FIL1). */
import { createHash } from 'node:crypto'
import type { ActionSpec } from '../../protocol/actions.ts'
import { MAX_FILE_BYTES, type RateName } from '../../protocol/limits.ts'
import { firstProblem } from '../../protocol/validate.ts'
import type { Context, Principal } from '../domain/context.ts'
import { expectFile, forgetRemovals, type Received } from '../domain/files.ts'
import { invalid, Refusal, tooLarge } from '../domain/refusal.ts'
import { NoSpace } from '../files/files.ts'
import { addressKey } from './address.ts'
import { HEAD_BYTES, kindOf } from './content-types.ts'
import { isUnwritable, refusalOf } from './dispatch.ts'
import { cleanName } from './file-names.ts'
import { unreadable } from './frames.ts'
import type { Gateway } from './gateway.ts'
import type { Metrics } from './metrics.ts'
import { readForm } from './multipart.ts'
import type { Parts } from './parts.ts'
import { countAndTell } from './rate-headers.ts'
import { type HttpAsked, json, type Route } from './routes.ts'

const ACTION = 'upload_file'
/** What a form has around its file. */
const FORM_BYTES = 16 * 1024

/** What became of an upload: a file that is kept, or one that was known already. */
export interface Taken {
  readonly answer: object
  readonly outcome: 'kept' | 'known'
}

export function uploadRoutes(gateway: Gateway): Route[] {
  return [
    ...(['customer', 'agent'] as const).map(
      (side): Route => ({
        method: 'POST',
        path: `/v1/${side}/action/${ACTION}`,
        purpose: 'upload the file',
        streams: true,
        async handle(asked) {
          const { principal } = await gateway.authenticator.request(side, asked, ACTION)
          const spec = gateway.dispatcher.specOf(side, 'http', ACTION, {})
          countAndTell(gateway, asked, ACTION, spec.rate, principal)
          return json((await upload(gateway, principal, spec, asked)).answer)
        },
      }),
    ),
    addressedRoute(gateway),
  ]
}

/** FIL9: the bytes and nothing else, to an address that says whose they are. */
const addressedRoute = (gateway: Gateway): Route => ({
  method: 'PUT',
  path: '/uploads/:name',
  purpose: 'upload the file',
  streams: true,
  async handle(asked) {
    const pending = await gateway.uploadAddresses.read(asked.name, asked.query('token'))
    if (!pending) throw new Refusal('not_found', `unable to ${ACTION}; there is no such address, or its time is up`)
    const { uploader, file_id, name, custom_id } = pending
    if (uploader.type !== 'backend') countAndTell(gateway, asked, ACTION, 'upload', uploader)
    const { bytes, gone } = asked.incoming
    const receiveBytes: Receive = async (id, count) => ({
      id,
      custom_id,
      ...(await take(gateway.parts, id, name, bytes.iterator({ destroyOnReturn: false }), count).catch((error) => {
        // What still comes is of no use, and the next request on the connection lies behind it.
        bytes.resume()
        throw gone() ? invalid(ACTION, 'body', 'was cut short') : error
      })),
    })
    return json((await received(gateway, uploader, asked, receiveBytes, file_id)).answer)
  },
})

type Receive = (id: string, count: Count) => Promise<Received>

/** What came of an upload by form. */
export function upload(gateway: Gateway, principal: Principal, spec: ActionSpec, asked: HttpAsked): Promise<Taken> {
  return received(gateway, principal, asked, async (id, count) => {
    const file = await receive(gateway.parts, asked, id, count)
    const named = { custom_id: file.custom_id }
    const problem = file.custom_id === null ? null : (firstProblem(spec.request, named) ?? unreadable(named))
    if (problem) throw invalid(ACTION, problem.path, problem.why)
    return file
  })
}

export function watchUploads(metrics: Metrics): (take: () => Promise<Taken>) => Promise<Taken> {
  const total = metrics.counter('porchlight_uploads_total', 'Files that were uploaded, by what became of them.')
  let running = 0
  metrics.gauge('porchlight_uploads_running', 'Files that are being taken in.', () => running)
  return async (take) => {
    running++
    let outcome: Taken['outcome'] | 'refused' = 'refused'
    try {
      const taken = await take()
      outcome = taken.outcome
      return taken
    } finally {
      running--
      total.add({ outcome })
    }
  }
}

async function received(gateway: Gateway, principal: Principal, asked: HttpAsked, read: Receive, wanted?: string): Promise<Taken> {
  const { dispatcher, parts, watchUpload } = gateway
  return watchUpload(async () => {
    if (Number(asked.header('content-length')) > MAX_FILE_BYTES + FORM_BYTES) throw tooLarge(ACTION, 'file', MAX_FILE_BYTES)
    const ctx = gateway.contextOf(principal, asked)
    const count = counter(parts, principal, addressKey(asked.address))
    count.file()
    return keeping(gateway, ctx, wanted ?? ctx.id(), async (id) => {
      const file = await read(id, count.bytes)
      if (asked.incoming.gone()) throw invalid(ACTION, 'body', 'is of nobody who waits for the answer')
      const result = await dispatcher.run({ ctx, action: ACTION, payload: file, key: null, origin: () => null })
      if ('reply' in result) return { answer: result.reply.answer, outcome: 'known' }
      return { answer: await result.plan.answer(result.committed), outcome: 'kept' }
    })
  })
}

/** Says beforehand that bytes may come to lie under the id, so that they go even if this process does not live to see it. */
async function keeping({ dispatcher, parts }: Gateway, ctx: Context, id: string, take: (id: string) => Promise<Taken>): Promise<Taken> {
  const begun = await dispatcher.commit(expectFile(id, ctx.now()))
  if (!begun.ok && isUnwritable(begun.why)) throw refusalOf(begun.why, ACTION)
  // Ids are drawn once, but an address can be sent to twice: then the bytes that lie there are another's.
  if (!begun.ok) throw new Refusal('conflict', `unable to ${ACTION}; something was, or is being, sent to this address already`)
  const discard = async () => {
    await parts.files.remove(id)
    await dispatcher.commit(forgetRemovals([id], ctx.now()))
  }
  try {
    const taken = await take(id)
    if (taken.outcome === 'known') await discard()
    return taken
  } catch (error) {
    const refusal = error instanceof NoSpace ? refusalOf('full', ACTION) : error
    // What became of it after a fault of ours only the store knows: there the removal stands, or does not.
    if (refusal instanceof Refusal) await discard()
    throw refusal
  }
}

async function receive(parts: Parts, asked: HttpAsked, id: string, count: Count): Promise<Received> {
  const options = { action: ACTION, contentType: asked.header('content-type') ?? '', file: 'file', field: 'custom_id' }
  const form = await readForm(asked.incoming.bytes, options, async (name, file) => {
    return take(parts, id, name, file, count)
  })
  if (!form.file) throw invalid(ACTION, 'file', 'is missing')
  return { id, custom_id: form.fields.get('custom_id') ?? asked.query('custom_id'), ...form.file }
}

/** The bytes, kept under the id, and what was found of them. */
async function take(parts: Parts, id: string, name: string | undefined, bytes: AsyncIterable<Uint8Array>, count: Count) {
  const measure = createMeasure(count)
  await parts.files.write(id, measure.through(bytes))
  return { name: cleanName(name), ...measure.result(), ...(await kindOf(measure.head())) }
}

type Count = (bytes: number) => void

/** FIL8: of a back end, and whoever it has given an address to, only bytes count, and not by where they come from. */
function counter({ rates }: Parts, { type, id }: Principal, address: string): { file(): void; bytes: Count } {
  const take = (rate: RateName, key: string, count: number) => {
    const retry_after_ms = rates.take(rate, key, count)
    if (retry_after_ms > 0) throw new Refusal('too_many_requests', `unable to ${ACTION}; too many files`, { retry_after_ms })
  }
  if (type === 'backend') return { file: () => {}, bytes: (count) => take('backend_upload_bytes', id, count) }
  return {
    file: () => take('upload_address', address, 1),
    bytes(count) {
      take('upload_bytes', id, count)
      take('upload_address_bytes', address, count)
    },
  }
}

/** Size, digest and head of bytes that pass through. */
function createMeasure(count: Count) {
  const hash = createHash('sha256')
  const head: Uint8Array[] = []
  let size = 0
  return {
    async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        count(chunk.length)
        if (size < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - size))
        size += chunk.length
        if (size > MAX_FILE_BYTES) throw tooLarge(ACTION, 'file', MAX_FILE_BYTES)
        hash.update(chunk)
        yield chunk
      }
    },
    head: () => Buffer.concat(head),
    result: () => ({ size, hash: hash.digest('base64url') }),
  }
}
