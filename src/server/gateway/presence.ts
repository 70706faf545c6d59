/** Which agents of an organization have a socket open: here, and in the other processes as far as they have said so lately (PRE2). Of all users it is `whereabouts.ts`. */
import type { BusMessage } from '../bus/bus.ts'
import type { Parts } from './parts.ts'
import type { Sockets } from './sockets.ts'

type Word = Extract<BusMessage, { kind: 'presence' }>

const TOLD_EVERY_MS = 30_000
/** A process that was silent for so long is taken for gone. */
const BELIEVED_MS = 3 * TOLD_EVERY_MS

export class Presence {
  readonly #organization: string
  /** By what the others know this process. */
  readonly #process: string
  readonly #sockets: Sockets
  readonly #parts: Parts
  readonly #others = new Map<string, { readonly agents: readonly string[]; readonly until: number }>()
  #told = ''
  #stop: (() => void) | null = null

  constructor(organization: string, process: string, sockets: Sockets, parts: Parts) {
    this.#organization = organization
    this.#process = process
    this.#sockets = sockets
    this.#parts = parts
  }

  /** Everyone who is there. */
  get agents(): string[] {
    const now = this.#parts.clock.now()
    const elsewhere = [...this.#others.values()].flatMap(({ agents, until }) => (until > now ? agents : []))
    return [...new Set([...this.#here(), ...elsewhere])]
  }

  /** What others say is heard from now on. */
  ask(): void {
    this.#tell(true)
  }

  /** A socket came or went. */
  changed(): void {
    if (this.#here().join() !== this.#told) this.#tell(false)
  }

  hear({ process, agents, asks }: Word): void {
    if (process === this.#process) return
    if (agents.length === 0) this.#others.delete(process)
    else this.#others.set(process, { agents, until: this.#parts.clock.now() + BELIEVED_MS })
    if (asks && this.#told !== '') this.#tell(false)
  }

  close(): void {
    this.#stop?.()
  }

  #here(): string[] {
    return [...new Set([...this.#sockets.agents].map(({ reader }) => reader.user_id))].sort()
  }

  #tell(asks: boolean): void {
    const agents = this.#here()
    this.#told = agents.join()
    this.#parts.bus.publish(this.#organization, { kind: 'presence', process: this.#process, agents, asks })
    this.#stop?.()
    this.#stop = agents.length > 0 ? this.#parts.clock.after(TOLD_EVERY_MS, () => this.#tell(false)) : null
  }
}
