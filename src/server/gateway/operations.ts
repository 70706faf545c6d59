/** What operators ask: whether the process lives, whether it takes work, and what it counts. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Gateway } from './gateway.ts'
import type { Metrics } from './metrics.ts'
import { type HttpReply, json, type Route } from './routes.ts'

const LAG_RESOLUTION_MS = 20

export function operationRoutes(gateway: Gateway): Route[] {
  const { store, metrics, log } = gateway.parts
  const route = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, purpose: 'tell how the server is', handle })
  const unready = (why: string): HttpReply => json({ ready: false, why }, {}, 503)
  return [
    route('/healthz', () => json({ alive: true })),
    route('/readyz', async () => {
      if (gateway.draining) return unready('draining')
      try {
        await store.ping()
        return json({ ready: true })
      } catch (error) {
        log.warn({ err: error }, 'the store does not answer')
        return unready('store')
      }
    }),
    route('/metrics', () => ({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
      body: metrics.text(),
    })),
  ]
}

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
