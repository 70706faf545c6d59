/** Webhooks of a running server: the worker, the network that it sends over, and what it counts. */
import type { Reach } from './domain/addresses.ts'
import type { FileAddresses } from './domain/context.ts'
import type { Clock } from './gateway/clock.ts'
import type { Log } from './gateway/log.ts'
import type { Metrics } from './gateway/metrics.ts'
import type { Store } from './store/store.ts'
import { overheard } from './worker/hints.ts'
import { openNetwork } from './worker/post.ts'
import { createWorker } from './worker/worker.ts'

export interface WebhooksOptions {
  readonly store: Store
  readonly reach: Reach
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  random(): number
}

export interface Webhooks {
  /** The store for everyone else: what is committed through it is told to webhooks at once. */
  readonly store: Store
  /** `files`: how those who are told of a file reach it. */
  start(files: FileAddresses): Promise<void>
  stop(): Promise<void>
}

export function openWebhooks({ metrics, reach, ...options }: WebhooksOptions): Webhooks {
  const network = openNetwork(reach)
  const deliveries = metrics.counter('porchlight_webhook_deliveries_total', 'Deliveries to webhooks that were tried, by outcome.')
  let reached: FileAddresses | null = null
  const worker = createWorker({
    ...options,
    send: network.send,
    files() {
      if (!reached) throw new Error('unable to tell where files are; the server does not listen')
      return reached
    },
    count: (outcome) => deliveries.add({ outcome }),
  })
  metrics.gauge(
    'porchlight_webhook_chats_waiting',
    'Chats of which webhooks are not told everything yet, by the half minute.',
    () => worker.waiting,
  )
  return {
    store: overheard(options.store, worker.hints),
    start(files) {
      reached = files
      return worker.start()
    },
    async stop() {
      await worker.stop()
      network.close()
    },
  }
}
