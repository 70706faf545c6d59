/** Files: uploaded by the back end, or by whoever it gives an address to. */
import { randomUUID } from 'node:crypto'
import { UPLOAD_TIMEOUT_MS } from '../protocol/limits.ts'
import type { Body, Client } from './client.ts'
import type { RequestOptions } from './options.ts'
import type { PendingUpload, StoredFile, UploadedFile } from './types.ts'

/** Bytes at once, or as they come. */
export type Bytes = Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

export interface UploadParams {
  /** What people see. */
  name: string
  /** A name of your own: the same again with the same bytes is the same file. For `upload` the call's `idempotencyKey` will do. */
  custom_id?: string
}

/** As other writes by their key, the server knows a file that comes again by its name: without one it is sent once. */
const nameOf = ({ custom_id }: UploadParams, { idempotencyKey }: RequestOptions): string | undefined =>
  custom_id ?? (idempotencyKey === null ? undefined : (idempotencyKey ?? randomUUID()))

const isWhole = (bytes: Bytes): bytes is Uint8Array | ArrayBuffer | Blob =>
  bytes instanceof Uint8Array || bytes instanceof ArrayBuffer || bytes instanceof Blob

export class Files {
  readonly #client: Client

  /** @internal */
  constructor(client: Client) {
    this.#client = client
  }

  /**
   * Uploads up to 10 MiB. What is there at once is tried again like everything else; a stream is sent once, as it comes. For the bytes
   * there are 10 minutes, the server's own patience, unless `options` has a `timeout`.
   *
   * Scope `files:write`. Errors: `entity_too_large`, `idempotency_mismatch` (other bytes under the same `custom_id`).
   *
   * @example
   * const { file_id } = await porchlight.files.upload(createReadStream('invoice.pdf'), { name: 'invoice.pdf' })
   * await porchlight.events.send(chat.id, { user_id: 'shop', type: 'file', file_id })
   */
  async upload(bytes: Bytes, params: UploadParams, options: RequestOptions = {}): Promise<UploadedFile> {
    const custom_id = nameOf(params, options)
    const patient = { ...options, timeout: options.timeout ?? UPLOAD_TIMEOUT_MS }
    if (!isWhole(bytes)) {
      const { upload_url } = await this.#client.act<PendingUpload>('create_upload', { name: params.name, custom_id }, false, options)
      return this.#put(upload_url, bytes, patient)
    }
    const blob = bytes instanceof Blob ? bytes : new Blob([bytes as Uint8Array<ArrayBuffer>])
    const form = () => {
      const made = new FormData()
      if (custom_id !== undefined) made.append('custom_id', custom_id)
      made.append('file', blob, params.name)
      return made
    }
    return this.#client.form('upload_file', form, custom_id !== undefined, patient)
  }

  #put(url: string, bytes: Exclude<Bytes, Uint8Array | ArrayBuffer | Blob>, options: RequestOptions): Promise<UploadedFile> {
    const asked = { method: 'PUT', url, headers: {}, body: () => bytes as unknown as Body, repeatable: false } as const
    return this.#client.ask(asked, options)
  }

  /**
   * The first of two steps: an address to which anyone may `PUT` the bytes of one file, within 15 minutes.
   *
   * Scope `files:write`.
   */
  createUpload(params: UploadParams, options?: RequestOptions): Promise<PendingUpload> {
    return this.#client.act('create_upload', params, false, options)
  }

  /** What is known of a file, with an address that is good for an hour. Scope `files:read`. Errors: `not_found`. */
  async get(file: string, options?: RequestOptions): Promise<StoredFile> {
    return (await this.#client.act<{ file: StoredFile }>('get_file', { file_id: file }, false, options)).file
  }

  /** Its bytes go; an event that has it stays, without. Scope `files:write`. Errors: `not_found`. */
  async delete(file: string, options?: RequestOptions): Promise<void> {
    await this.#client.act('delete_file', { file_id: file }, true, options)
  }
}
