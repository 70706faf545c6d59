/** A bus that does with each message what a test says, and remembers all of them. */
import type { Bus, BusMessage } from '../server/bus/bus.ts'
import { createMemoryBus } from '../server/bus/memory.ts'

export class BadBus implements Bus {
  /** What was to be told, whether it was or not. */
  published: BusMessage[] = []
  /** What waits to be told later. */
  readonly held: (() => void)[] = []
  /** How often the message is told at once; with `hold` it is, once more, when the test says. */
  fate: (message: BusMessage, hold: () => void) => number = () => 1
  readonly #reliable = createMemoryBus()

  cut(): void {
    this.fate = () => 0
  }

  mend(): void {
    this.fate = () => 1
  }

  publish(organization_id: string, message: BusMessage): void {
    this.published.push(message)
    const tell = () => this.#reliable.publish(organization_id, message)
    const copies = this.fate(message, () => this.held.push(tell))
    for (let copy = 0; copy < copies; copy++) tell()
  }

  subscribe(organization_id: string, receive: (message: BusMessage) => void): Promise<() => void> {
    return this.#reliable.subscribe(organization_id, receive)
  }

  close(): Promise<void> {
    return this.#reliable.close()
  }
}
