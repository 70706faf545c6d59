/** One message that a bot is writing by way of this process: told to readers as it grows, stored in steps, and ended when nothing comes. */
import {
  PIECE_EVERY_MS,
  PIECE_WHOLE_EVERY_MS,
  STREAM_LASTS_MS,
  STREAM_SILENCE_MS,
  STREAM_STEP_EVERY_MS,
  STREAM_STEP_FIRST_MS,
} from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Stream } from '../domain/context.ts'
import type { EventRow } from '../store/rows.ts'
import type { Clock } from './clock.ts'

export type Piece = Pick<PushPayload<'incoming_event_piece'>, 'offset' | 'text'>

/** Who does for it what it cannot do itself. */
export interface Carrier {
  readonly clock: Clock
  tell(stream: LiveStream, piece: Piece): void
  /** Resolves with whether it was; null where somebody else has stored or ended it since. */
  store(stream: LiveStream, ends: boolean): Promise<boolean | null>
  over(stream: LiveStream): void
}

/** BOT3: the age at which the step after this age is due. Ever longer apart, so that there are few however long it takes. */
export function stepAfter(age: number): number {
  let due = STREAM_STEP_FIRST_MS
  while (due <= age && due < STREAM_STEP_EVERY_MS) due *= 2
  return due <= STREAM_STEP_EVERY_MS && due > age ? due : (Math.floor(age / STREAM_STEP_EVERY_MS) + 1) * STREAM_STEP_EVERY_MS
}

export class LiveStream implements Stream {
  readonly event: EventRow
  readonly #carrier: Carrier
  #text: string
  #at: number
  /** How much of it is stored, and how much was told. */
  #stored: number
  #told: number
  #toldWholeAt: number
  #grownAt: number
  /** When the next step is due. */
  #next = 0
  /** While readers were told just now. */
  #pause: (() => void) | null = null
  #stopWaiting = () => {}
  #over = false

  constructor(event: EventRow, carrier: Carrier) {
    this.event = event
    this.#carrier = carrier
    this.#text = event.text ?? ''
    this.#at = event.streaming_at ?? 0
    this.#stored = this.#told = this.#text.length
    this.#toldWholeAt = this.#grownAt = carrier.clock.now()
    this.#wait()
  }

  get text(): string {
    return this.#text
  }

  get at(): number {
    return this.#at
  }

  grow(text: string): void {
    if (text.length <= this.#text.length) return
    this.#text = text
    this.#grownAt = this.#carrier.clock.now()
    if (!this.#pause) this.#tell()
  }

  /** A step was stored, with so much of the text. */
  stored(at: number, length: number): void {
    this.#at = at
    this.#stored = length
  }

  /** All that is not stored yet. */
  async rest(): Promise<void> {
    if (this.#text.length > this.#stored) await this.#carrier.store(this, false)
  }

  end(): void {
    this.#over = true
    this.#pause?.()
    this.#stopWaiting()
  }

  #tell(): void {
    const { clock } = this.#carrier
    const isWhole = clock.now() - this.#toldWholeAt >= PIECE_WHOLE_EVERY_MS
    if (isWhole) this.#toldWholeAt = clock.now()
    const offset = isWhole ? Math.min(this.#stored, this.#told) : this.#told
    this.#told = this.#text.length
    this.#carrier.tell(this, { offset, text: this.#text.slice(offset) })
    this.#pause = clock.after(PIECE_EVERY_MS, () => {
      this.#pause = null
      if (this.#text.length > this.#told) this.#tell()
    })
  }

  /** For the next step, or until it has been silent or written for too long. */
  #wait(): void {
    const { clock } = this.#carrier
    const now = clock.now()
    this.#next = this.event.created_at + stepAfter(now - this.event.created_at)
    this.#stopWaiting = clock.after(Math.min(this.#next, this.#end) - now, () => void this.#step())
  }

  /** Where nothing more comes. */
  get #end(): number {
    return Math.min(this.#grownAt + STREAM_SILENCE_MS, this.event.created_at + STREAM_LASTS_MS)
  }

  async #step(): Promise<void> {
    const now = this.#carrier.clock.now()
    const ends = now >= this.#end
    const isDue = ends || (now >= this.#next && this.#text.length > this.#stored)
    const done = isDue ? await this.#carrier.store(this, ends) : true
    if (this.#over) return
    if (done === null || (done && ends)) this.#carrier.over(this)
    else if (ends) this.#again()
    else this.#wait()
  }

  /** Nothing can be written just now. */
  #again(): void {
    this.#stopWaiting = this.#carrier.clock.after(STREAM_STEP_FIRST_MS, () => void this.#step())
  }
}
