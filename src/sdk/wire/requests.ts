/** Requests of one connection and the answers that belong to them: at most ten under way, each answered, refused or given up in time. */
import type { FailureFrame, ResponseFrame } from '../../protocol/envelope.ts'
import { MAX_FRAME_BYTES, MAX_PENDING_REQUESTS, REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Clock } from '../kit/environment.ts'
import { encode } from '../kit/json.ts'
import { type Failure, refused, stopped } from './failure.ts'

/** Is given the way to end the wait: what has not gone out by then never does. */
export type Hold = (giveUp: (why: unknown) => void) => void

export interface Requests {
  /** `take` sees the answer at its place in the order of frames, before any later frame and before the promise's own callbacks. */
  ask(action: string, payload: unknown, take?: (answer: never) => void, hold?: Hold): Promise<unknown>
  answer(frame: ResponseFrame | FailureFrame): void
  /** Sends what waits, as far as it may. */
  flush(): void
  /** Refuses what is under way: its outcome is unknown. With `failure` also what still waits. */
  drop(failure?: Failure): void
}

interface Pending {
  readonly action: string
  readonly frame: string
  sent: boolean
  /** With the answer; without one it is rejected. */
  settle(why: unknown, answer?: { readonly payload: unknown }): void
}

export function createRequests(clock: Clock, ready: (action: string) => boolean, send: (frame: string) => void): Requests {
  const open = new Map<string, Pending>()
  let serial = 0

  function flush() {
    let underWay = 0
    for (const pending of open.values()) {
      if (!pending.sent && underWay < MAX_PENDING_REQUESTS && ready(pending.action)) {
        pending.sent = true
        send(pending.frame)
      }
      if (pending.sent) underWay++
    }
  }

  const ask: Requests['ask'] = (action, payload, take, hold) =>
    new Promise((resolve, reject) => {
      const id = `${++serial}`
      const settle: Pending['settle'] = (why, answer) => {
        stop()
        open.delete(id)
        if (!answer) return reject(why)
        try {
          take?.(answer.payload as never)
          resolve(answer.payload)
        } catch (error) {
          reject(error)
        }
      }
      const isSent = () => open.get(id)?.sent
      // LOG6: what was sent may be answered yet, and the answer stands for entries that no push repeats.
      const giveUp = (why: unknown) => (isSent() ? reject : settle)(why)
      const stop = clock.after(REQUEST_TIMEOUT_MS, () =>
        giveUp(Object.assign(stopped('REQUEST_TIMEOUT', action, true), { outcomeKnown: !isSent() })),
      )
      hold?.(giveUp)
      const frame = encode({ request_id: id, action, payload })
      if (isTooLarge(frame)) return settle(stopped('ENTITY_TOO_LARGE', action))
      open.set(id, { action, frame, sent: false, settle })
      flush()
    })

  return {
    ask,
    answer(frame) {
      const asked = open.get(frame.request_id ?? '')
      if (frame.success) asked?.settle(null, frame)
      else asked?.settle(refused(frame.payload.error))
      flush()
    },
    flush,
    drop(failure) {
      for (const { sent, action, settle } of [...open.values()])
        if (failure || sent) settle(failure ?? stopped('CONNECTION_LOST', action, true))
    },
  }
}

/** In bytes. */
const isTooLarge = (frame: string): boolean => encodeURIComponent(frame).replace(/%../g, '-').length > MAX_FRAME_BYTES
