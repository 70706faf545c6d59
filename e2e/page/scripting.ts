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
  readonly args: { readonly data?: { readonly documentLoaderURL?: string; readonly url?: string } }
}

export interface Scripting {
  /** Milliseconds of processor time; what runs inside of something else counts once. */
  readonly all: number
  /** The same until the browser paints what the page's script has made. */
  readonly toPaint: number
}

export function scriptingOf(trace: Buffer, url: string): Scripting {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const start = traceEvents.find(({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL === url)
  if (!start) throw new Error(`unable to measure; the trace has no ${url}`)
  const own = traceEvents.filter(({ pid, tid }) => pid === start.pid && tid === start.tid).sort((a, b) => a.ts - b.ts)
  const made = own.find(({ name, args }) => name === 'EvaluateScript' && args.data?.url?.startsWith('http'))
  const painted = made && own.find(({ name, ts }) => name === 'Paint' && ts > made.ts)
  const running = own.filter(({ name }) => SCRIPTING.has(name))
  return { all: lengthOf(running), toPaint: lengthOf(running.filter(({ ts }) => painted && ts < painted.ts)) }
}

function lengthOf(events: readonly TraceEvent[]): number {
  let [sum, until] = [0, 0]
  for (const { ts, dur = 0, tdur = 0 } of events) {
    if (ts < until) continue
    until = ts + dur
    sum += tdur
  }
  return sum / 1000
}
