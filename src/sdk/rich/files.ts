/** Files ahead of their message: an address is asked for, and the bytes are put there. */
import type { UploadedFile } from '../../protocol/shown.ts'
import { put } from '../kit/put.ts'
import type { Rich } from './api.ts'
import type { Ground } from './ground.ts'

type Members = Pick<Rich<unknown>, 'uploadAttachment' | 'requestUpload' | 'getAttachment' | 'deleteAttachment'>

export const createFiles = ({ ask }: Ground): Members => {
  const requestUpload: Members['requestUpload'] = (name, options) => ask('create_upload', { name }, options)
  return {
    requestUpload,
    async uploadAttachment(file, { name = file.name || 'file', onProgress } = {}, options = {}) {
      const { upload_url } = await requestUpload(name, options)
      const { signal } = options
      const { status, body } = await put(upload_url, file, { signal, onProgress }).catch((cause) => {
        signal?.throwIfAborted()
        throw Object.assign(new Error('unable to upload; the connection was lost', { cause }), { code: 'CONNECTION_LOST' })
      })
      return fileOf(status, body)
    },
    async getAttachment(file_id, options) {
      return (await ask<{ file: UploadedFile }>('get_file', { file_id }, options)).file
    },
    async deleteAttachment(file_id, options) {
      await ask('delete_file', { file_id }, options)
    },
  }
}

interface Refusal {
  readonly type: string
  readonly message: string
}

/** Refused as everything is, also where the answer is not the server's, but that of a proxy on the way. */
function fileOf(status: number, text: string): UploadedFile {
  const { error, ...file } = read(text)
  if (status < 300 && file.file_id) return file as UploadedFile
  const body = error?.type ? error : refusalOf(status)
  throw Object.assign(new Error(body.message), { code: body.type.toUpperCase(), body })
}

function read(text: string): Partial<UploadedFile> & { readonly error?: Refusal } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

const refusalOf = (status: number): Refusal =>
  status === 413
    ? { type: 'entity_too_large', message: 'unable to upload; the file is too large' }
    : { type: 'service_unavailable', message: `unable to upload; the answer was ${status}` }
