/** What the first messages of a chat do not need: a module of its own, loaded when one of its members is first called. */
import type { Client } from '../core/client.ts'
import { createRetry } from '../core/outbox-retry.ts'
import { abortable } from '../kit/abort.ts'
import type { Failure } from '../wire/failure.ts'
import type { CustomerSDK } from './api.ts'
import { invalid } from './arguments.ts'
import { createFiles } from './files.ts'
import { eventPages } from './history.ts'
import { createIdentity } from './identity.ts'
import type { Later, Sending } from './members.ts'
import { pacesOf } from './paces.ts'
import type { Part } from './part.ts'
import { createProfile } from './profile.ts'
import { createProperties } from './properties.ts'
import { createRatings } from './ratings.ts'
import { createReceipts } from './receipts.ts'
import { createResume } from './resume.ts'
import { createSummaries } from './summaries.ts'
import { checkTaken } from './takes.ts'
import { createThreads } from './threads.ts'
import type { History, Options } from './types.ts'
import { createUsers } from './users.ts'

const ASKS_HOST = /Token|identify|logout|invalidate|verify/

/** Calls a member. With a signal the call ends with it, and what has not gone out by then never does. */
export async function call(given: Part, name: keyof Later, args: readonly unknown[]): Promise<unknown> {
  const signal = signalOf(args)
  const member = createMore(given, signal)[name] as (...args: readonly unknown[]) => Promise<unknown>
  const begin = async () => {
    try {
      checkTaken(name, args)
      return await member(...args)
    } catch (error) {
      throw inWordsOf(name, error)
    }
  }
  return new Promise((resolve, reject) => abortable(signal, reject, begin).then(resolve, reject))
}

/** What cannot even be read is wrong. Those who ask the host may have its own errors. */
function inWordsOf(name: string, error: unknown): unknown {
  if (error instanceof TypeError && !ASKS_HOST.test(name)) return inWordsOf(name, invalid('an argument'))
  const { body, code, message } = (error ?? {}) as Partial<Failure>
  if (!(body?.type && code)) return error
  // The server knows the member by another name. Others may be told of the same failure.
  return Object.assign(new Error(message?.replace(/^unable to \w+;/, `unable to ${name};`)), error)
}

/** A promise that can be cancelled is handed over in an object: by itself it would be waited for. */
export function send(part: Part, name: Sending, args: readonly unknown[]) {
  const member = createFiles(part)[name] as (...args: readonly unknown[]) => Promise<unknown> & { cancel(): void }
  try {
    checkTaken(name, args)
    const done = member(...args)
    return { done, cancel: done.cancel }
  } catch (error) {
    return { done: Promise.reject(inWordsOf(name, error)), cancel() {} }
  }
}

function createMore(given: Part, signal?: AbortSignal): Later {
  const part = until(signal, given)
  return {
    ...createSummaries(part),
    ...createThreads(part),
    // What has a pace outlives the call.
    ...createReceipts(part, pacesOf(given), signal),
    async setTyping(chat, typing) {
      await pacesOf(given).typing.set(chat, typing)
      return { success: true }
    },
    ...createResume(part),
    ...createProperties(part),
    ...createRatings(part),
    ...createProfile(part),
    ...createUsers(part),
    ...createIdentity(part, signal),
    request: (action, payload = {}) => part.client.ask(action as 'sync', payload as never) as Promise<never>,
    retry: async (name) => createRetry(part.client.outbox, part.environment.clock)(name),
  }
}

/** What was typed before something was sent is not shown after it. */
export function peek(part: Part, turn: number, ...typed: Parameters<CustomerSDK['setSneakPeek']>): void {
  if (turn === part.turn) pacesOf(part).setSneakPeek(...typed)
}

export { askHost, leave, look } from './identity.ts'
export { askDetails } from './profile.ts'

export function historyOf(part: Part, args: readonly unknown[]): History {
  checkTaken('getChatHistory', args)
  return eventPages(until(signalOf(args), part), String(args[0]))
}

/** Of the last argument; data may have a field of that name too. */
function signalOf(args: readonly unknown[]): AbortSignal | undefined {
  const { signal } = (args.at(-1) ?? {}) as Options
  return typeof signal?.throwIfAborted === 'function' ? signal : undefined
}

function until(signal: AbortSignal | undefined, part: Part): Part {
  const { client } = part
  if (!signal) return part
  const ask: Client['ask'] = async (action, payload, take) => {
    let giveUp = (_: unknown) => {}
    return abortable(
      signal,
      (reason) => giveUp(reason),
      () =>
        client.ask(action, payload, take, (way) => {
          giveUp = way
        }),
    )
  }
  return { ...part, client: { ...client, ask } }
}
