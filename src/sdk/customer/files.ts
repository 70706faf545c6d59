/** Sending files: uploaded first, and then said in an event that goes the way of all events. */

import type { Event } from '../../protocol/events.ts'
import { arrived } from '../core/outbox-arrived.ts'
import { stopped } from '../wire/failure.ts'
import type { CustomerSDK, SentFile } from './api.ts'
import { check } from './arguments.ts'
import type { Sending } from './members.ts'
import type { Part } from './part.ts'
import { eventOf, fileOf } from './shapes.ts'
import { createUploads } from './uploads.ts'

/** `forget` says whether it was not too late. A signal cancels too, by its own reason. */
function cancellable<T>(done: Promise<T>, forget: () => boolean, signal?: AbortSignal): Promise<T> & { cancel(): void } {
  let settled = false
  let stop = (_: unknown) => {}
  const promise = new Promise<T>((resolve, reject) => {
    stop = (why) => {
      if (!settled && forget()) reject(why)
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
  const { events, outbox } = client
  const upload = createUploads(part)

  /** Sends the event of the file, and knows whether it has gone out: from then on it may be in the chat, whether that was answered or not. */
  function createSending(chat: string, custom_id: string) {
    const withdrawn = new AbortController()
    let isOut = false
    const look = () => {
      const current = outbox.entries.find(({ ref }) => ref === outbox.current)
      isOut ||= current?.chat === outbox.real(chat) && current.events[0]?.custom_id === custom_id
    }
    return {
      /** Whether it was not too late. */
      withdraw() {
        if (!isOut) withdrawn.abort()
        return !isOut
      },
      async send(file_id: string): Promise<SentFile> {
        const stop = events.on('change', look)
        const { event } = await outbox.send(chat, { type: 'file', file_id, custom_id }, withdrawn.signal).finally(stop)
        return eventOf(event as Event) as SentFile
      },
    }
  }

  return {
    sendFile(chat, { file, customId }, { onProgress, signal } = {}) {
      check(customId?.[0] !== '~', 'customId')
      const custom_id = customId ?? `~${environment.id()}`
      const { done, forget } = upload(file, async () => `${await arrived(client, chat)} ${custom_id}`, onProgress)
      const { send, withdraw } = createSending(chat, custom_id)
      const cancel = () => {
        const inTime = withdraw()
        if (inTime) forget()
        return inTime
      }
      return cancellable(
        done.then(({ file_id }) => send(file_id)),
        cancel,
        signal,
      )
    },
    uploadFile({ file, onProgress }, { signal } = {}) {
      const name = `~${environment.id()}`
      const { done, forget } = upload(file, async () => name, onProgress)
      const cancel = () => {
        forget()
        return true
      }
      return cancellable(done.then(fileOf), cancel, signal)
    },
  }
}
