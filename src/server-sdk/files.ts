/** Files: uploaded by the back end, or by whoever it gives an address to. */
import type { Body, Client } from './client.ts'
import type { RequestOptions } from './options.ts'
import type { PendingUpload, StoredFile, UploadedFile } from './types.ts'

/** Bytes at once, or as they come. */
export type Bytes = Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

export interface UploadParams {
  /** What people see. */
  name: string
  /** A name of your own: the same again with the same bytes is the same file. */
  custom_id?: string
}

const isWhole = (bytes: Bytes): bytes is Uint8Array | ArrayBuffer | Blob =>
  bytes instanceof Uint8Array || bytes instanceof ArrayBuffer || bytes instanceof Blob

export class Files {
  readonly #client: Client

  /** @internal */
  constructor(client: Client) {
    this.#client = client
  }

  /**
   * Uploads up to 10 MiB. What is there at once is tried again like everything else; a stream is sent once, as it comes.
   *
   * Scope `files:write`. Errors: `entity_too_large`, `idempotency_mismatch` (other bytes under the same `custom_id`).
   *
   * @example
   * const { file_id } = await porchlight.files.upload(createReadStream('invoice.pdf'), { name: 'invoice.pdf' })
   * await porchlight.events.send(chat.id, { user_id: 'shop', type: 'file', file_id })
   */
  async upload(bytes: Bytes, params: UploadParams, options: RequestOptions = {}): Promise<UploadedFile> {
    if (!isWhole(bytes)) return this.#stream(bytes, params, options)
    const blob = bytes instanceof Blob ? bytes : new Blob([bytes as Uint8Array<ArrayBuffer>])
    const form = () => {
      const made = new FormData()
      if (params.custom_id !== undefined) made.append('custom_id', params.custom_id)
      made.append('file', blob, params.name)
      return made
    }
    return this.#client.form('upload_file', form, options)
  }

  async #stream(
    bytes: Exclude<Bytes, Uint8Array | ArrayBuffer | Blob>,
    params: UploadParams,
    options: RequestOptions,
  ): Promise<UploadedFile> {
    const { upload_url: url } = await this.createUpload(params, options)
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
