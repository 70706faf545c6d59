/** One upload: tried as often as it takes, by one name, until the file is there or nobody wants it any more. */
import type { UploadedFile } from '../../protocol/files.ts'
import { MAX_FILE_BYTES, REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import { isReactNative, uploadBy, upload as uploadHere } from '../kit/upload.ts'
import { waitAfter } from '../wire/backoff.ts'
import { asFailure, stopped } from '../wire/failure.ts'
import { answerOf } from '../wire/http.ts'
import { check } from './arguments.ts'
import type { Ground } from './part.ts'
import type { FileSource } from './types.ts'

export interface Upload {
  /** Ends with the customer's part at the latest. */
  readonly done: Promise<UploadedFile>
  /** Nothing of it stays on the server, as far as it has come; false when an event has it. */
  forget(): Promise<boolean>
}

/** `nameOf` says by what name the server is to know it (FIL2). */
export type Uploads = (file: FileSource, nameOf: () => Promise<string>, onProgress?: (part: number) => void) => Upload

/** A file, or what React Native alone has for one, which does not tell how large it is. */
function isFile(file: { readonly size?: number; readonly uri?: string } | null | undefined, takesUri: boolean): boolean {
  if (!file || (file.uri ? !takesUri : file.size === undefined)) return false
  return !((file.size ?? 0) > MAX_FILE_BYTES)
}

export function createUploads({ client: { ask, events }, environment, settings, auth: { token }, address }: Ground): Uploads {
  const { clock, random } = environment
  const upload = settings.fetch ? uploadBy(settings.fetch) : (environment.upload ?? uploadHere)

  const takesUri = !!environment.upload || isReactNative

  /** Tried again, and later each time, where that may help, as long as somebody wants it. */
  async function insist<T>(task: (fresh: boolean) => Promise<T>, wanted: () => boolean): Promise<T> {
    let fresh = false
    for (let failures = 1; ; failures++) {
      try {
        return await task(fresh)
      } catch (error) {
        const failure = asFailure(error)
        // A refused token is worth one fresh one.
        fresh = failure.body.type === 'authentication' && !fresh
        if (!(failure.retryable || fresh) || !wanted()) throw error
        await new Promise<void>((resolve) => clock.after(waitAfter(failure, failures, random()), resolve))
      }
    }
  }

  async function remove(name: string): Promise<boolean> {
    try {
      if (name)
        await insist(
          () => ask('delete_file', { custom_id: name }),
          () => true,
        )
    } catch (error) {
      const { code } = asFailure(error)
      if (code === 'CONFLICT') return false
      if (code !== 'NOT_FOUND') throw error
    }
    return true
  }

  /** Nobody waits for long to hear what has become of it: it goes on by itself. */
  function inTime(removed: Promise<boolean>): Promise<boolean> {
    let stop = () => {}
    const late = new Promise<never>((_, reject) => {
      const unknown = Object.assign(stopped('REQUEST_TIMEOUT', 'take it back', true), { outcomeKnown: false })
      stop = clock.after(REQUEST_TIMEOUT_MS, () => reject(unknown))
    })
    return Promise.race([removed, late]).finally(stop)
  }

  return (file, nameOf, onProgress) => {
    const end = new AbortController()
    let reached = -1
    let name = ''

    /** What is told only rises, though a second try begins anew. */
    const progress = (part: number) => {
      if (part <= reached || end.signal.aborted) return
      reached = part
      onProgress?.(part)
    }

    async function attempt(fresh: boolean): Promise<UploadedFile> {
      // Waits for the link: without one there is no point in trying.
      await ask('ping', {})
      name = await nameOf()
      const { access_token } = await token(fresh)
      end.signal.throwIfAborted()
      const url = `${address('action/upload_file')}&custom_id=${encodeURIComponent(name)}`
      return answerOf(upload(url, `Bearer ${access_token}`, file, end.signal, progress), url)
    }

    async function begin(): Promise<UploadedFile> {
      check(isFile(file as object, takesUri), 'file (at most 10 MiB)')
      const uploaded = await insist(attempt, () => !end.signal.aborted)
      end.signal.throwIfAborted()
      return uploaded
    }

    let stop = () => {}
    const over = new Promise<never>((_, reject) => {
      stop = events.on('state', (state) => {
        if (state !== 'destroyed') return
        end.abort()
        // Says why.
        ask('ping', {}).catch(reject)
      })
    })

    return {
      done: Promise.race([begin(), over]).finally(stop),
      forget() {
        end.abort()
        return inTime(remove(name))
      },
    }
  }
}
