/** Which users are online, of those whom somebody here wants to know of: in this process, and in the others as far as they say (PRE5, PRE6). */
import { PRESENCE_GRACE_MS } from '../../protocol/limits.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { Parts } from './parts.ts'
import { Questions } from './questions.ts'
import type { Sockets } from './sockets.ts'

type Told = Extract<BusMessage, { kind: 'presence_told' }>

const ASKED_EVERY_MS = 30_000
/** A process that was silent for so long is taken for gone. */
const BELIEVED_MS = 3 * ASKED_EVERY_MS
/** So many users are asked about in one message. */
const MAX_ASKED = 1000

/** Somebody here who wants to know of users. */
export interface Interested {
  /** Of one of them it is not as it was, or it may not be. */
  changed(): void
}

interface Known {
  readonly interested: Set<Interested>
  /** Since when they are there as others see it, who do not see a short absence. */
  since: number | null
  /** Ends the wait for who may be back. */
  stop: (() => void) | null
}

interface Peer {
  /** Of the last that was heard. */
  number: number
  until: number
  /** Whether it answers in time. */
  prompt: boolean
  readonly here: Map<string, number>
}

export class Whereabouts {
  readonly #organization: string
  readonly #process: string
  readonly #sockets: Sockets
  readonly #parts: Parts
  readonly #known = new Map<string, Known>()
  readonly #peers = new Map<string, Peer>()
  readonly #questions: Questions
  #stop: (() => void) | null = null

  constructor(organization: string, process: string, sockets: Sockets, parts: Parts) {
    this.#organization = organization
    this.#process = process
    this.#sockets = sockets
    this.#parts = parts
    this.#questions = new Questions(parts.clock)
  }

  /** Resolves once as much is known as can be. */
  answered(): Promise<void> {
    return this.#questions.answered()
  }

  /** Of users whom nobody is interested in nothing is known. */
  since(user_id: string): number | null {
    return this.#known.get(user_id)?.since ?? null
  }

  hold(interested: Interested, users: readonly string[]): void {
    const fresh = users.filter((user_id) => !this.#known.has(user_id))
    for (const user_id of fresh) this.#known.set(user_id, { interested: new Set(), since: this.#sockets.since(user_id), stop: null })
    for (const user_id of users) this.#known.get(user_id)?.interested.add(interested)
    this.#ask(fresh, true)
  }

  release(interested: Interested, users: readonly string[]): void {
    for (const user_id of users) {
      const known = this.#known.get(user_id)
      known?.interested.delete(interested)
      if (known?.interested.size !== 0) continue
      known.stop?.()
      this.#known.delete(user_id)
      for (const { here } of this.#peers.values()) here.delete(user_id)
    }
  }

  /** The first socket of the user came to this process, or the last one went. */
  changed(user_id: string): void {
    this.#look(user_id)
  }

  hear({ process, number, answers, here, gone, ends }: Told): void {
    const answered = answers?.process === this.#process ? answers.question : null
    const about = answered === null ? gone : this.#questions.usersOf(answered)
    if (process !== this.#process && this.#known.size > 0) this.#believe(process, number, here, about)
    if (ends) this.#forget(process)
    if (ends || answered !== null) this.#questions.heard(process, answered)
  }

  /** There is a process that may not have heard what was asked. */
  askAgain(): void {
    if (this.#known.size === 0) return
    const users = [...this.#known.keys()]
    for (let at = 0; at < users.length; at += MAX_ASKED) this.#ask(users.slice(at, at + MAX_ASKED), at > 0)
  }

  close(): void {
    this.#questions.close()
    for (const { stop } of this.#known.values()) stop?.()
    if (this.#stop) this.#rest()
  }

  #ask(users: readonly string[], more: boolean): void {
    if (users.length === 0) return
    const prompt = [...this.#peers].filter(([, peer]) => peer.prompt).map(([process]) => process)
    // None that was late is waited for again before it is heard.
    const late = (processes: ReadonlySet<string>) => {
      for (const [process, peer] of this.#peers) if (processes.has(process)) peer.prompt = false
    }
    const question = this.#questions.ask(users, [this.#process, ...prompt], late)
    this.#parts.bus.publish(this.#organization, { kind: 'presence_asked', process: this.#process, question, users, more })
    this.#stop ??= this.#parts.clock.after(ASKED_EVERY_MS, () => this.#round())
  }

  /** What was lost on the way is told anew; of who is in a chat something may have been lost as well. */
  #round(): void {
    this.#stop = null
    this.#questions.close()
    for (const [process, { until }] of this.#peers) if (until <= this.#parts.clock.now()) this.#forget(process)
    if (this.#known.size === 0) return this.#rest()
    this.askAgain()
    for (const interested of new Set([...this.#known.values()].flatMap((known) => [...known.interested]))) interested.changed()
  }

  /** Nobody wants to know anything more. */
  #rest(): void {
    this.#stop?.()
    this.#stop = null
    this.#peers.clear()
    const nobody = { process: this.#process, question: 0, users: [], more: false }
    this.#parts.bus.publish(this.#organization, { kind: 'presence_asked', ...nobody })
  }

  #forget(process: string): void {
    const peer = this.#peers.get(process)
    this.#peers.delete(process)
    for (const user_id of peer?.here.keys() ?? []) this.#look(user_id)
  }

  /** What is older than the last that was heard, or the same once more, counts for nothing. */
  #believe(process: string, number: number, here: Told['here'], about: readonly string[]): void {
    const peer = this.#peers.get(process) ?? { number: 0, until: 0, prompt: true, here: new Map<string, number>() }
    if (number <= peer.number) return
    peer.number = number
    peer.prompt = true
    peer.until = this.#parts.clock.now() + BELIEVED_MS
    this.#peers.set(process, peer)
    for (const user_id of about) peer.here.delete(user_id)
    for (const { user_id, since } of here) if (this.#known.has(user_id)) peer.here.set(user_id, since)
    for (const user_id of [...about, ...here.map((one) => one.user_id)]) this.#look(user_id)
  }

  #look(user_id: string): void {
    const known = this.#known.get(user_id)
    if (!known) return
    const since = this.#earliest(user_id)
    if (since === null) {
      if (known.since !== null) known.stop ??= this.#parts.clock.after(PRESENCE_GRACE_MS, () => this.#gone(known))
      return
    }
    known.stop?.()
    known.stop = null
    const wasThere = known.since !== null
    known.since = Math.min(since, known.since ?? since)
    if (!wasThere) this.#tell(known)
  }

  #gone(known: Known): void {
    known.stop = null
    known.since = null
    this.#tell(known)
  }

  #tell({ interested }: Known): void {
    for (const one of interested) one.changed()
  }

  #earliest(user_id: string): number | null {
    const everywhere = [this.#sockets.since(user_id), ...[...this.#peers.values()].map(({ here }) => here.get(user_id) ?? null)]
    return everywhere.reduce((first, since) => (first === null || (since !== null && since < first) ? since : first), null)
  }
}
