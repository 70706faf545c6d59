/** Sending files: uploaded first, and then said in an event that goes the way of all events. */

import type { Event } from '../../protocol/events.ts'
import { arrived } from '../core/outbox-arrived.ts'
import type { OutboxEntry } from '../core/outbox-entry.ts'
import { stopped } from '../wire/failure.ts'
import type { CustomerSDK, SentFile } from './api.ts'
import { check } from './arguments.ts'
import type { Sending } from './members.ts'
import type { Part } from './part.ts'
import { eventOf, fileOf } from './shapes.ts'
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
  return Object.assign(promise, { cancel: () => stop(stopped('CANCELLED', 'send')) })
}

export function createFiles(part: Part): Pick<CustomerSDK, Sending> {
  const { client, environment } = part
  const { outbox } = client
  const upload = createUploads(part)
  return {
    sendFile(chat, { file, customId }, { onProgress, signal } = {}) {
      check(customId?.[0] !== '~', 'customId')
      const custom_id = customId ?? `~${environment.id()}`
      const { done, forget } = upload(file, async () => `${await arrived(client, chat)} ${custom_id}`, onProgress)
      const withdrawn = new AbortController()
      let isSending = false
      const send = async (file_id: string, until?: AbortSignal): Promise<SentFile> => {
        isSending = true
        try {
          return eventOf((await outbox.send(chat, { type: 'file', file_id, custom_id }, until)).event as Event) as SentFile
        } catch (error) {
          // It may have gone out before it was withdrawn, here or in another tab: only the server knows.
          if (!until?.aborted || (await forget())) throw error
          return send(file_id)
        }
      }
      const cancel = (why: unknown) => {
        // What is under way already cannot be held back.
        const isCurrent = ({ ref, events }: OutboxEntry) => ref === outbox.current && events[0]?.custom_id === custom_id
        if (!outbox.entries.some(isCurrent)) withdrawn.abort(why)
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
