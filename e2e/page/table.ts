/** What the visits cost, side by side, as ratios of one another, and beside what we promise. */
import type { Contestant } from './contestants.ts'
import type { Figures } from './measure.ts'

export interface Row {
  readonly name: Contestant['name']
  readonly figures: Figures
  /** What its script takes to the launcher with the whole processor; 0 of what was not measured so. */
  readonly launcherInFull: number
}

type Column = readonly [title: string, of: (figures: Figures) => number, digits: number]

const COLUMNS: readonly Column[] = [
  ['script ms', (figures) => figures.script, 1],
  ['task ms', (figures) => figures.task, 0],
  ['long tasks', (figures) => figures.longTasks, 0],
  ['over 50 ms by', (figures) => figures.blocked, 0],
  ['layout shift', (figures) => figures.shift, 3],
  ['heap kB', (figures) => figures.heap / 1000, 0],
  ['requests', (figures) => figures.requests, 0],
  ['kB', (figures) => figures.bytes / 1000, 1],
]

const SCRIPT_BUDGET_MS = 10

const NAME_WIDTH = 42
const COLUMN_WIDTH = 14

const line = (name: string, cells: readonly string[]): string =>
  name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join('')
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Each figure by itself is the median of its visits. */
export function medianOf(visits: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => median(visits.map((visit) => visit[name]))
  return {
    script: of('script'),
    task: of('task'),
    launcher: of('launcher'),
    longTasks: of('longTasks'),
    blocked: of('blocked'),
    shift: of('shift'),
    heap: of('heap'),
    requests: of('requests'),
    bytes: of('bytes'),
  }
}

const less = (figures: Figures, nothing: Figures): Figures => ({
  ...figures,
  script: figures.script - nothing.script,
  task: figures.task - nothing.task,
  heap: figures.heap - nothing.heap,
})

export function printTable(rows: readonly Row[]): void {
  console.log(
    line(
      '',
      COLUMNS.map(([title]) => title),
    ),
  )
  for (const { name, figures } of rows) {
    console.log(
      line(
        name,
        COLUMNS.map(([, of, digits]) => of(figures).toFixed(digits)),
      ),
    )
  }
}

/** How many times as much the one costs as the other, each over what the blank page costs by itself. */
export function printRatios(rows: readonly Row[], pairs: readonly (readonly [of: string, to: string])[]): void {
  const named = (name: string) => rows.find((row) => row.name === name)?.figures
  const nothing = named('nothing')
  if (!nothing) return
  for (const [of, to] of pairs) {
    const [above, below] = [named(of), named(to)]
    if (!above || !below) continue
    const [dear, cheap] = [less(above, nothing), less(below, nothing)]
    const cells = COLUMNS.map(([, pick]) => {
      const ratio = pick(dear) / pick(cheap)
      return Number.isFinite(ratio) && ratio > 0 ? `× ${ratio.toFixed(1)}` : '–'
    })
    console.log(line(`${of} ÷ ${to}`, cells))
  }
}

const listed = (figures: ReadonlyMap<string, number>): string => [...figures].map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')

interface Promised {
  readonly launchers: readonly string[]
  readonly slowdown: number
}

/**
 * Says of each promise whether it is kept; resolves to whether all are. What a script takes to the launcher is reckoned from
 * visits with the whole processor: the browser's throttle stretches something so short by much more than it is told to.
 */
export function printPromises(rows: readonly Row[], { launchers, slowdown }: Promised): boolean {
  const nothing = rows.find(({ name }) => name === 'nothing')?.figures
  if (!nothing) throw new Error('unable to judge; the blank page was not measured')
  const measured = rows.filter(({ launcherInFull }) => launcherInFull)
  const reckoned = new Map(measured.map(({ name, launcherInFull }) => [name, slowdown * launcherInFull]))
  const throttled = measured.map(({ name, figures, launcherInFull }) => {
    const { launcher } = figures
    return `${name} ${launcher.toFixed(1)} (× ${(launcher / launcherInFull).toFixed(1)})`
  })
  console.log(`Script to the launcher, ms, ${slowdown} times what the whole processor takes: ${listed(reckoned)}`)
  console.log(`The same by the browser's throttle: ${throttled.join(', ')}\n`)
  const promises = rows
    .filter(({ name }) => launchers.includes(name))
    .flatMap(({ name, figures: { longTasks, shift } }) => {
      const script = reckoned.get(name) ?? Number.POSITIVE_INFINITY
      return [
        { kept: script <= SCRIPT_BUDGET_MS, text: `${name}: ${script.toFixed(1)} of ${SCRIPT_BUDGET_MS} ms of script to the launcher` },
        { kept: longTasks <= nothing.longTasks, text: `${name}: ${longTasks} long tasks, ${nothing.longTasks} without it` },
        { kept: shift === 0, text: `${name}: a layout shift of ${shift}` },
      ]
    })
  for (const { kept, text } of promises) console.log(`${kept ? '✓' : '✗'} ${text}`)
  return promises.every(({ kept }) => kept)
}
