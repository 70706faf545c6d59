/** Sending files: uploaded first, and then said in an event that goes the way of all events. */

import type { Event } from '../../protocol/events.ts'
import { arrived } from '../core/outbox-arrived.ts'
import { stopped } from '../wire/failure.ts'
import type { CustomerSDK, SentFile } from './api.ts'
import type { Sending } from './members.ts'
import type { Part } from './part.ts'
import { eventOf, fileOf } from './shapes.ts'
import { createUploads } from './uploads.ts'

/** `forget` says whether it was not too late. */
function cancellable<T>(done: Promise<T>, forget: () => boolean): Promise<T> & { cancel(): void } {
  let settled = false
  let cancel = () => {}
  const promise = new Promise<T>((resolve, reject) => {
    cancel = () => {
      if (!settled && forget()) reject(stopped('CANCELLED', 'send'))
    }
    done.then(resolve, reject)
  })
  const end = () => {
    settled = true
  }
  promise.then(end, end)
  return Object.assign(promise, { cancel })
}

export function createFiles(part: Part): Pick<CustomerSDK, Sending> {
  const { client, environment } = part
  const { outbox } = client
  const upload = createUploads(part)
  return {
    sendFile(chat, { file, customId: custom_id = `~${environment.id()}` }, { onProgress } = {}) {
      const { done, forget } = upload(file, async () => `${await arrived(client, chat)} ${custom_id}`, onProgress)
      const send = async () => {
        const { file_id } = await done
        return eventOf((await outbox.send(chat, { type: 'file', file_id, custom_id })).event as Event) as SentFile
      }
      return cancellable(send(), () => {
        // What is under way already cannot be held back.
        if (outbox.entries.some(({ ref, events }) => ref === outbox.current && events[0]?.custom_id === custom_id)) return false
        outbox.discard(custom_id)
        forget()
        return true
      })
    },
    uploadFile({ file, onProgress }) {
      const name = `~${environment.id()}`
      const { done, forget } = upload(file, async () => name, onProgress)
      return cancellable(done.then(fileOf), () => {
        forget()
        return true
      })
    },
  }
}
