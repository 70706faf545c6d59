/** What customers are typing right now, by chat: what is sent ends it, and so does a pause. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { TYPING_EXPIRES_MS } from '../protocol/limits.ts'
import type { AgentSDK } from '../sdk/agent/api.ts'

interface Peek {
  readonly user: string
  readonly text: string
}

export type Peeks = ReadonlyMap<string, Peek>

export function createPeeks(sdk: Pick<AgentSDK, 'on'>, stops: (() => void)[]): ReadonlySignal<Peeks> {
  const peeks = signal<Peeks>(new Map())
  const pauses = new Map<string, ReturnType<typeof setTimeout>>()

  const end = (chat: string) => {
    clearTimeout(pauses.get(chat))
    if (!pauses.delete(chat)) return
    peeks.value = new Map([...peeks.value].filter(([other]) => other !== chat))
  }
  const typed = (chat: string, peek: Peek) => {
    clearTimeout(pauses.get(chat))
    pauses.set(
      chat,
      setTimeout(() => end(chat), TYPING_EXPIRES_MS),
    )
    peeks.value = new Map(peeks.value).set(chat, peek)
  }

  stops.push(
    sdk.on('sneak_peek', ({ chat, user, text }) => (text.trim() === '' ? end(chat) : typed(chat, { user, text }))),
    sdk.on('new_event', ({ chat, event }) => peeks.value.get(chat)?.user === event.author_id && end(chat)),
    sdk.on('thread_closed', ({ chat }) => end(chat)),
    () => pauses.forEach((pause) => void clearTimeout(pause)),
  )
  return peeks
}
