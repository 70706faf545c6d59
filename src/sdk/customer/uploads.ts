/** One upload: tried as often as it takes, by one name, until the file is there or nobody wants it any more. */
import type { UploadedFile } from '../../protocol/files.ts'
import { MAX_FILE_BYTES } from '../../protocol/limits.ts'
import { upload as uploadHere } from '../kit/upload.ts'
import { waitAfter } from '../wire/backoff.ts'
import { asFailure } from '../wire/failure.ts'
import { answerOf } from '../wire/http.ts'
import type { FileSource } from './api.ts'
import { check } from './arguments.ts'
import type { Part } from './part.ts'

export interface Upload {
  readonly done: Promise<UploadedFile>
  /** Nothing of it stays on the server, as far as it has come. */
  forget(): void
}

/** `nameOf` says by what name the server is to know it (FIL2). */
export type Uploads = (file: FileSource, nameOf: () => Promise<string>, onProgress?: (part: number) => void) => Upload

export function createUploads({ client: { ask }, environment, auth: { token }, address }: Part): Uploads {
  const { clock, random, upload = uploadHere } = environment
  return (file, nameOf, onProgress) => {
    const end = new AbortController()
    let failures = 0
    let reached = 0
    let name = ''

    /** What is told only rises, though a second try begins anew. */
    const progress = (part: number) => {
      if (part <= reached) return
      reached = part
      onProgress?.(part)
    }

    async function attempt(): Promise<UploadedFile> {
      try {
        // Waits for the link: without one there is no point in trying.
        await ask('ping', {})
        failures++
        name = await nameOf()
        const { access_token } = await token()
        end.signal.throwIfAborted()
        const url = `${address('action/upload_file')}&custom_id=${encodeURIComponent(name)}`
        return await answerOf(upload(url, `Bearer ${access_token}`, file, end.signal, progress), url)
      } catch (error) {
        const failure = asFailure(error)
        if (!failure.retryable || end.signal.aborted) throw error
        await new Promise<void>((resolve) => clock.after(waitAfter(failure, failures, random()), resolve))
        return attempt()
      }
    }

    async function begin(): Promise<UploadedFile> {
      // React Native does not tell how large a file is.
      check(file && !((file as { size: number }).size > MAX_FILE_BYTES), 'file (at most 10 MiB)')
      const uploaded = await attempt()
      end.signal.throwIfAborted()
      return uploaded
    }

    return {
      done: begin(),
      forget() {
        end.abort()
        if (name) ask('delete_file', { custom_id: name }).catch(() => {})
      },
    }
  }
}
