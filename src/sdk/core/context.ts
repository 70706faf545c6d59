/** What every part of a client is given. */
import type { Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import type { Ask } from './ask.ts'
import type { ClientEvents } from './client.ts'

export interface Context {
  readonly environment: Environment
  /** Where the outbox is stored, and what its lock and its channel are called. */
  readonly key: string
  readonly ask: Ask
  readonly emit: Emitter<ClientEvents>['emit']
  /** The reader's id; until it is known what the client began with. */
  me(): string
  /** Whether the reader goes by this name, or did before they were known. */
  goesBy(name: string): boolean
  live(): boolean
  /** The link is up, or will not be: whoever asks hears. */
  decided(): boolean
}
