/** What the server counts about itself, in Prometheus' text format. */

type Labels = Readonly<Record<string, string>>

/** Upper bounds in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  lines(name: string): string[]
}

export interface Counter {
  add(labels?: Labels, by?: number): void
}

export interface Histogram {
  observe(seconds: number): void
}

export class Metrics {
  readonly #families = new Map<string, Family>()

  counter(name: string, help: string): Counter {
    const values = new Map<string, number>()
    this.#families.set(name, { type: 'counter', help, lines: () => [...values].map(([labels, value]) => `${name}${labels} ${value}`) })
    return {
      add(labels = {}, by = 1) {
        const key = written(labels)
        values.set(key, (values.get(key) ?? 0) + by)
      },
    }
  }

  /** Read when somebody asks. */
  gauge(name: string, help: string, read: () => number | readonly (readonly [Labels, number])[]): void {
    const lines = () => {
      const value = read()
      const values = typeof value === 'number' ? ([[{}, value]] as const) : value
      return values.map(([labels, number]) => `${name}${written(labels)} ${number}`)
    }
    this.#families.set(name, { type: 'gauge', help, lines })
  }

  histogram(name: string, help: string): Histogram {
    const counts = BUCKETS.map(() => 0)
    let [sum, count] = [0, 0]
    const lines = () => [
      ...BUCKETS.map((bound, at) => `${name}_bucket{le="${bound}"} ${counts[at]}`),
      `${name}_bucket{le="+Inf"} ${count}`,
      `${name}_sum ${sum}`,
      `${name}_count ${count}`,
    ]
    this.#families.set(name, { type: 'histogram', help, lines })
    return {
      observe(seconds) {
        sum += seconds
        count++
        for (let at = BUCKETS.length - 1; at >= 0 && seconds <= (BUCKETS[at] as number); at--) counts[at] = (counts[at] as number) + 1
      },
    }
  }

  text(): string {
    const families = [...this.#families].map(([name, { type, help, lines }]) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines(name)].join('\n'),
    )
    return `${families.join('\n')}\n`
  }
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
