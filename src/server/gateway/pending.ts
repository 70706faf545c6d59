/** A request of a socket whose change is on disk, waiting for its turn to be answered among the pushes of the same log (LOG6). */
import type { RequestFrame } from '../../protocol/envelope.ts'
import type { Plan } from '../domain/context.ts'
import type { Committed } from '../store/change.ts'
import type { Session } from './session.ts'
import type { Origin } from './sockets.ts'

export class Pending implements Origin {
  readonly receiver: Session
  readonly #request: RequestFrame
  readonly #plan: Plan
  readonly #committed: Committed

  constructor(session: Session, request: RequestFrame, plan: Plan, committed: Committed) {
    this.receiver = session
    this.#request = request
    this.#plan = plan
    this.#committed = committed
  }

  async answer(): Promise<void> {
    try {
      const payload = await this.#plan.answer(this.#committed)
      this.receiver.requests.answer(this.#request, payload)
    } catch (error) {
      this.receiver.requests.fail(this.#request, error)
    }
  }
}
