/** What operators ask: whether the process lives, whether it takes work, and what it counts. */
import { isIP } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Refusal } from '../domain/refusal.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import type { Gateway } from './gateway.ts'
import type { Metrics } from './metrics.ts'
import { type HttpAsked, type HttpReply, json, type Route } from './routes.ts'
import { hashSecret } from './secrets.ts'

const LAG_RESOLUTION_MS = 20
/** Anyone may ask, and the answer costs a write. */
const READY_FOR_MS = 1000

export function operationRoutes(gateway: Gateway, metricsToken: string | null): Route[] {
  const { store, metrics, log, clock } = gateway.parts
  const ping = seldom(store, clock)
  const route = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, purpose: 'tell how the server is', handle })
  const unready = (why: string): HttpReply => json({ ready: false, why }, {}, 503)
  return [
    route('/healthz', () => json({ alive: true })),
    route('/readyz', async () => {
      if (gateway.draining) return unready('draining')
      try {
        await ping()
        return json({ ready: true })
      } catch (error) {
        log.warn({ err: error }, 'the store does not answer')
        return unready('store')
      }
    }),
    route('/metrics', (asked) => {
      requireOperator(asked, metricsToken)
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
        body: metrics.text(),
      }
    }),
  ]
}

/** Asks the store once for all who want to know at about the same time. */
function seldom(store: Store, clock: Clock): () => Promise<void> {
  let [answer, until] = [Promise.resolve(), 0]
  return () => {
    if (clock.now() >= until) {
      until = clock.now() + READY_FOR_MS
      answer = store.ping()
    }
    return answer
  }
}

/** Figures tell strangers how busy a business is: with a token they are for who has it, and without one for this machine. */
function requireOperator(asked: HttpAsked, metricsToken: string | null): void {
  if (metricsToken === null) {
    if (isLoopback(asked.address) && asked.header('x-forwarded-for') === null && asked.header('forwarded') === null) return
    throw new Refusal('authorization', 'unable to tell the metrics; METRICS_TOKEN is not set, so they are for this machine only')
  }
  const [, token] = /^Bearer +(\S+)$/.exec(asked.header('authorization') ?? '') ?? []
  // As hashes, so that how long it takes to compare them tells nothing.
  if (token !== undefined && hashSecret(token) === hashSecret(metricsToken)) return
  throw new Refusal('authentication', 'unable to tell the metrics; METRICS_TOKEN is to be sent as a bearer token')
}

const isLoopback = (address: string) => address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))

/** Figures of the process itself. Returns the way to stop measuring. */
export function watchProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  delay.enable()
  // What is measured is the time between two ticks of a timer, so an idle loop shows the timer's own interval.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - LAG_RESOLUTION_MS / 1000)
  metrics.gauge('porchlight_event_loop_lag_seconds', 'Delay of the event loop since the start.', () => [
    [{ quantile: '0.5' }, seconds(delay.percentile(50))],
    [{ quantile: '0.99' }, seconds(delay.percentile(99))],
    [{ quantile: '1' }, seconds(delay.max)],
  ])
  metrics.gauge('process_resident_memory_bytes', 'Memory that the process holds.', () => process.memoryUsage.rss())
  metrics.gauge('process_heap_bytes', 'Memory in use by the heap.', () => process.memoryUsage().heapUsed)
  metrics.gauge('process_uptime_seconds', 'Since the process started.', () => process.uptime())
  return () => delay.disable()
}
