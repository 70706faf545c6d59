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

/** Refused as everything is. */
function fileOf(status: number, text: string): UploadedFile {
  const answer = JSON.parse(text) as UploadedFile & { error?: { type: string; message: string } }
  const { error } = answer
  if (status < 400 && !error) return answer
  throw Object.assign(new Error(error?.message), { code: error?.type.toUpperCase(), body: error })
}
