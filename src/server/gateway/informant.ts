/** What this process tells the others of its users: of those whom they asked about, for as long as they go on asking (PRE6). */
import type { BusMessage } from '../bus/bus.ts'
import type { Parts } from './parts.ts'
import type { Sockets } from './sockets.ts'

type Asked = Extract<BusMessage, { kind: 'presence_asked' }>
type Told = Extract<BusMessage, { kind: 'presence_told' }>

/** They ask every 30 s; one that was silent for so long wants to know no more. */
const ASKS_FOR_MS = 90_000

interface Asker {
  readonly users: Set<string>
  until: number
}

export class Informant {
  readonly #organization: string
  readonly #process: string
  readonly #sockets: Sockets
  readonly #parts: Parts
  readonly #askers = new Map<string, Asker>()
  #told = 0

  constructor(organization: string, process: string, sockets: Sockets, parts: Parts) {
    this.#organization = organization
    this.#process = process
    this.#sockets = sockets
    this.#parts = parts
  }

  /** Its own questions it answers as well: when that answer is back, so are those of all who were told no later. */
  hear({ process, question, users, more }: Asked): void {
    if (users.length === 0) this.#askers.delete(process)
    else {
      if (process !== this.#process) this.#note(process, users, more)
      const here = users.flatMap((user_id) => this.#hereOf(user_id))
      this.#tell({ answers: { process, question }, here })
    }
  }

  /** The first socket of the user came, or the last one went. */
  changed(user_id: string): void {
    if (!this.#isAskedAbout(user_id)) return
    const here = this.#hereOf(user_id)
    this.#tell({ here, gone: here.length === 0 ? [user_id] : [] })
  }

  close(): void {
    if (this.#askers.size > 0) this.#tell({ ends: true })
  }

  #note(process: string, users: readonly string[], more: boolean): void {
    const known = more ? this.#askers.get(process) : undefined
    const asker = known ?? { users: new Set(), until: 0 }
    for (const user_id of users) asker.users.add(user_id)
    asker.until = this.#parts.clock.now() + ASKS_FOR_MS
    this.#askers.set(process, asker)
  }

  #isAskedAbout(user_id: string): boolean {
    let asked = false
    for (const [process, { users, until }] of this.#askers) {
      if (until <= this.#parts.clock.now()) this.#askers.delete(process)
      else asked ||= users.has(user_id)
    }
    return asked
  }

  #hereOf(user_id: string): Told['here'] {
    const since = this.#sockets.since(user_id)
    return since === null ? [] : [{ user_id, since }]
  }

  #tell(word: Partial<Told>): void {
    const nothing = { answers: null, here: [], gone: [], ends: false }
    const { bus } = this.#parts
    bus.publish(this.#organization, { kind: 'presence_told', process: this.#process, number: ++this.#told, ...nothing, ...word })
  }
}
