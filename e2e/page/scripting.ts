/** How long scripts had a page's main thread, by the browser's own trace: its counter of the same name leaves out what runs after an `await`. */

/** What Chromium calls the times in which scripts run, and what runs because of them: layouts they ask for, and all that waited for them. */
const SCRIPTING = new Set([
  ...['EvaluateScript', 'FunctionCall', 'v8.callFunction', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule'],
  ...['AsyncTask Run', 'BlinkScheduler_PerformMicrotaskCheckpoint'],
])
export const CATEGORIES = ['-*', 'devtools.timeline', 'v8', 'toplevel', 'blink', 'blink.user_timing']

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds: when it began, how long it took, and for how much of that it had a processor. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly data?: { readonly documentLoaderURL?: string } }
}

/** Milliseconds of processor time; what runs inside of something else counts once. */
export function scriptingOf(trace: Buffer, url: string): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const start = traceEvents.find(({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL === url)
  if (!start) throw new Error(`unable to measure; the trace has no ${url}`)
  const own = traceEvents.filter(({ name, pid, tid }) => pid === start.pid && tid === start.tid && SCRIPTING.has(name))
  let [sum, until] = [0, 0]
  for (const { ts, dur = 0, tdur = 0 } of own.sort((a, b) => a.ts - b.ts)) {
    if (ts < until) continue
    until = ts + dur
    sum += tdur
  }
  return sum / 1000
}
