/** Requests of one connection and the answers that belong to them: at most ten under way, each answered, refused or given up in time. */
import type { ServerFrame } from '../../protocol/envelope.ts'
import { MAX_FRAME_BYTES, MAX_PENDING_REQUESTS, REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Clock } from '../kit/environment.ts'
import { encode } from '../kit/json.ts'
import { connectionLost, type Failure, failed, refused } from './failure.ts'

export interface Requests {
  /** `take` sees the answer at its place in the order of frames, before any later frame and before the promise's own callbacks. */
  ask(action: string, payload: unknown, take?: (answer: never) => void): Promise<unknown>
  answer(frame: Exclude<ServerFrame, { type: 'push' }>): void
  /** Sends what waits, as far as it may. */
  flush(): void
  /** Refuses what is under way: its outcome is unknown. With `failure` also what still waits. */
  drop(failure?: Failure): void
}

interface Pending {
  readonly id: string
  readonly action: string
  readonly frame: string
  settle(outcome: { readonly payload: unknown } | Failure): void
}

export function createRequests(clock: Clock, ready: (action: string) => boolean, send: (frame: string) => void): Requests {
  let serial = 0
  const waiting = new Map<string, Pending>()
  const underWay = new Map<string, Pending>()

  const flush = () => {
    for (const [id, pending] of waiting) {
      if (underWay.size >= MAX_PENDING_REQUESTS || !ready(pending.action)) continue
      waiting.delete(id)
      underWay.set(id, pending)
      send(pending.frame)
    }
  }

  return {
    ask: (action, payload, take) =>
      new Promise((resolve, reject) => {
        const id = `${++serial}`
        const frame = encode({ request_id: id, action, payload })
        if (isTooLarge(frame)) {
          return reject(failed('ENTITY_TOO_LARGE', `unable to ${action}; it is over ${MAX_FRAME_BYTES} bytes`, 'entity_too_large'))
        }
        const settle: Pending['settle'] = (outcome) => {
          stop()
          waiting.delete(id)
          underWay.delete(id)
          if (outcome instanceof Error) return reject(outcome)
          try {
            take?.(outcome.payload as never)
            resolve(outcome.payload)
          } catch (error) {
            reject(error)
          }
        }
        const stop = clock.after(REQUEST_TIMEOUT_MS, () =>
          settle(failed('REQUEST_TIMEOUT', `unable to ${action}; no answer came in time`, 'service_unavailable')),
        )
        waiting.set(id, { id, action, frame, settle })
        flush()
      }),
    answer(frame) {
      underWay.get(frame.request_id ?? '')?.settle(frame.success ? frame : refused(frame.payload.error))
      flush()
    },
    flush,
    drop(failure) {
      for (const { action, settle } of [...underWay.values()]) settle(failure ?? connectionLost(action))
      if (failure) for (const { settle } of [...waiting.values()]) settle(failure)
    },
  }
}

/** Counts bytes only when the characters alone leave a doubt. */
const isTooLarge = (frame: string): boolean =>
  frame.length * 3 > MAX_FRAME_BYTES && encodeURIComponent(frame).replace(/%../g, '-').length > MAX_FRAME_BYTES
