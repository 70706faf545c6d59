/** Sending files: uploaded first, and then said in an event that goes the way of all events. */

import type { Event } from '../../protocol/events.ts'
import type { Outbox } from '../core/outbox.ts'
import { arrived } from '../core/outbox-arrived.ts'
import type { OutboxEntry } from '../core/outbox-entry.ts'
import { stopped } from '../wire/failure.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import type { Sending } from './members.ts'
import type { Ground } from './part.ts'
import { eventOf, fileOf } from './shapes.ts'
import type { SentFile } from './types.ts'
import { createUploads } from './uploads.ts'

/** `forget` says whether that is the end of it. A signal cancels too, by its own reason. */
function cancellable<T>(done: Promise<T>, forget: (why: unknown) => boolean, signal?: AbortSignal): Promise<T> & { cancel(): void } {
  let settled = false
  let stop = (_: unknown) => {}
  const promise = new Promise<T>((resolve, reject) => {
    stop = (why) => {
      if (!settled && forget(why)) reject(why)
    }
    done.then(resolve, reject)
  })
  const abort = () => stop(signal?.reason)
  const end = () => {
    settled = true
    signal?.removeEventListener('abort', abort)
  }
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  promise.then(end, end)
  return Object.assign(promise, { cancel: () => stop(cancelled()) })
}

/** From then on no tab sends it. Whether none has before. */
async function hold(outbox: Outbox, entry: OutboxEntry): Promise<boolean> {
  let out = false
  await outbox.change(entry, (stored) => {
    out = stored.out === true
    return { ...stored, error: cancelled().body }
  })
  return !out
}

const cancelled = () => stopped('CANCELLED', 'send')

export function createFiles(ground: Ground): Pick<CustomerSDK, Sending> {
  const { client, environment } = ground
  const { outbox } = client
  const upload = createUploads(ground)
  return {
    sendFile(chat, { file, customId }, { onProgress, signal } = {}) {
      check(customId?.[0] !== '~', 'customId')
      const custom_id = customId ?? `~${environment.id()}`
      const { done, forget } = upload(file, async () => `${await arrived(client, chat)} ${custom_id}`, onProgress)
      const withdrawn = new AbortController()
      let isSending = false
      let held = Promise.resolve(true)
      const send = async (file_id: string, until?: AbortSignal): Promise<SentFile> => {
        isSending = true
        try {
          return eventOf((await outbox.send(chat, { type: 'file', file_id, custom_id }, until)).event as Event) as SentFile
        } catch (error) {
          if (!until?.aborted) throw error
          const isGone = forget()
          isGone.catch(() => {})
          // Where it may have gone out before, here or in another tab, only the server knows.
          if ((await held) || (await isGone)) throw until.reason
          return send(file_id)
        }
      }
      const cancel = (why: unknown) => {
        const [entry] = outbox.bringing(custom_id)
        // What is under way already cannot be held back.
        if (!entry || entry.ref !== outbox.current) {
          if (entry) held = hold(outbox, entry)
          withdrawn.abort(why)
        }
        if (!isSending) forget().catch(() => {})
        return !isSending
      }
      return cancellable(
        done.then(({ file_id }) => send(file_id, withdrawn.signal)),
        cancel,
        signal,
      )
    },
    uploadFile({ file, onProgress }, { signal } = {}) {
      const name = `~${environment.id()}`
      const { done, forget } = upload(file, async () => name, onProgress)
      const cancel = () => {
        forget().catch(() => {})
        return true
      }
      return cancellable(done.then(fileOf), cancel, signal)
    },
  }
}
