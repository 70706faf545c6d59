/** Figures come out as Prometheus reads them. */
import { expect, test } from 'vitest'
import { Metrics } from './metrics.ts'

test('counters, gauges and histograms are written with their help and type', () => {
  const metrics = new Metrics()
  const refusals = metrics.counter('refusals_total', 'Refused.')
  refusals.add({ type: 'validation' })
  refusals.add({ type: 'validation' })
  refusals.add({ type: 'internal' }, 3)
  metrics.gauge('sockets', 'Open.', () => [[{ side: 'agent' }, 2]])
  metrics.gauge('waiting', 'Waiting.', () => 0)
  const seconds = metrics.histogram('commit_seconds', 'Took.')
  seconds.observe(0.002)
  seconds.observe(0.3)
  seconds.observe(60)
  const lines = metrics.text().split('\n')
  expect(lines).toContain('# TYPE refusals_total counter')
  expect(lines).toContain('refusals_total{type="validation"} 2')
  expect(lines).toContain('refusals_total{type="internal"} 3')
  expect(lines).toContain('sockets{side="agent"} 2')
  expect(lines).toContain('waiting 0')
  expect(lines).toContain('commit_seconds_bucket{le="0.001"} 0')
  expect(lines).toContain('commit_seconds_bucket{le="0.0025"} 1')
  expect(lines).toContain('commit_seconds_bucket{le="0.5"} 2')
  expect(lines).toContain('commit_seconds_bucket{le="+Inf"} 3')
  expect(lines).toContain('commit_seconds_count 3')
  expect(metrics.text().endsWith('\n')).toBe(true)
})
