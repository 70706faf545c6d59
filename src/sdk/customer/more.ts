/** What the first messages of a chat do not need: a module of its own, loaded when one of its members is first called. */
import type { Client } from '../core/client.ts'
import type { Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { onAbort } from './abort.ts'
import type { CustomerSDK } from './api.ts'
import type { Customer } from './customer.ts'
import { createFiles } from './files.ts'
import { eventPages } from './history.ts'
import type { Later, Sending } from './members.ts'
import { createProfile } from './profile.ts'
import { createProperties } from './properties.ts'
import { createRatings } from './ratings.ts'
import { createReceipts } from './receipts.ts'
import { createResume } from './resume.ts'
import { createSummaries } from './summaries.ts'
import { createThreads } from './threads.ts'
import type { Config, Events, History, Options } from './types.ts'

/** What it is given of the SDK that has loaded it. */
export interface Parts extends Pick<Customer<Client>, 'client' | 'auth' | 'address'> {
  readonly environment: Environment
  readonly emit: Emitter<Events>['emit']
  /** As the next login tells them. */
  readonly settings: Pick<Config, 'page'>
}

/** Calls a member. With a signal the call ends with it, and what has not gone out by then never does. */
export async function call(given: Parts, name: Later, args: readonly unknown[]): Promise<unknown> {
  const { signal } = optionsOf(args)
  const aborted = new Promise<never>((_, reject) => onAbort(signal, reject))
  const member = createMore(until(signal, given))[name] as (...args: readonly unknown[]) => Promise<unknown>
  // Nothing is begun for who has given up already.
  return signal?.aborted ? aborted : Promise.race([aborted, member(...args)])
}

/** A promise that can be cancelled is handed over in an object: by itself it would be waited for. */
export function send(parts: Parts, name: Sending, args: readonly unknown[]) {
  const member = createFiles(parts)[name] as (...args: readonly unknown[]) => Promise<unknown> & { cancel(): void }
  const done = member(...args)
  return { done, cancel: done.cancel }
}

const createMore = (parts: Parts): Pick<CustomerSDK, Later> => ({
  ...createSummaries(parts),
  ...createThreads(parts),
  ...createReceipts(parts),
  ...createResume(parts),
  ...createProperties(parts),
  ...createRatings(parts),
  ...createProfile(parts),
})

export { detailsOf } from './shapes.ts'

/** By the arguments that they were asked for with. */
const histories = new WeakMap<readonly unknown[], History>()

/** The same for the same arguments, so that whoever holds them goes on where they stopped. */
export function historyOf(given: Parts, args: readonly unknown[]): History {
  const history = histories.get(args) ?? eventPages(until(optionsOf(args).signal, given), String(args[0]))
  histories.set(args, history)
  return history
}

const optionsOf = (args: readonly unknown[]): Options => (args.at(-1) ?? {}) as Options

function until(signal: AbortSignal | undefined, parts: Parts): Parts {
  const { client } = parts
  if (!signal) return parts
  const ask: Client['ask'] = async (action, payload, take) => {
    signal.throwIfAborted()
    return client.ask(action, payload, take, signal)
  }
  return { ...parts, client: { ...client, ask } }
}
