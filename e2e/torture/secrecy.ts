/** What left the server, socket by socket: nothing of it is for anybody else. */
import type { View } from '../../src/server/store/store.ts'
import type { Line } from '../../src/testing/wire.ts'
import { type Noted, wordsIn } from './ledger.ts'
import type { FinalChat } from './log.ts'
import { everSaw, holds, partsOf } from './membership.ts'
import type { World } from './world.ts'

export interface Frame {
  readonly action: string
  readonly type: 'push' | 'response'
  readonly success?: boolean
  readonly payload: Payload
}

interface Payload {
  readonly customer_id?: string
  readonly agent_id?: string
  readonly chat_id?: string
  readonly seq?: number
  readonly entries?: readonly { readonly action: string; readonly payload: Payload }[]
}

interface Listener {
  readonly user_id: string
  readonly view: View
}

/** Who spoke on the line; null when nobody was let in. */
export function listenerOf({ received }: Line): Listener | null {
  for (const text of received) {
    const { action, success, payload } = JSON.parse(text) as Frame
    if (action !== 'login' || !success) continue
    const { agent_id, customer_id = '' } = payload
    return agent_id === undefined ? { user_id: customer_id, view: 'public' } : { user_id: agent_id, view: 'agents' }
  }
  return null
}

/** LOG8, MEM1, MEM4, MEM5, RPL4: not one byte of what is not theirs. */
export function checkSecrecy({ network, ledger }: World, chats: readonly FinalChat[]): string[] {
  const byId = new Map(chats.map((chat) => [chat.row.id, chat]))
  const byWords = new Map(
    [...ledger.events.values()].flatMap((event) => event.texts.flatMap((text) => wordsIn(text).map((one) => [one, event]))),
  )
  return network.opened.flatMap((line) => {
    const listener = listenerOf(line)
    if (!listener) return []
    return line.received.flatMap((text) => [...checkWords(listener, text, byWords, byId), ...checkPlaces(listener, text, byId)])
  })
}

function checkWords(
  { user_id, view }: Listener,
  text: string,
  byWords: ReadonlyMap<string, Noted>,
  chats: ReadonlyMap<string, FinalChat>,
): string[] {
  return wordsIn(text).flatMap((words) => {
    const event = byWords.get(words)
    const chat = chats.get(event?.chat_id ?? '')
    const isTheirs = !event || !chat || everSaw(chat, user_id, view, event)
    return isTheirs ? [] : [`[MEM4] ${user_id} received "${words}" of ${event.id} in ${text.slice(0, 300)}`]
  })
}

/** MEM5: entries from outside of every stay. */
function checkPlaces({ user_id, view }: Listener, text: string, chats: ReadonlyMap<string, FinalChat>): string[] {
  const frame = JSON.parse(text) as Frame
  const told = frame.type === 'push' ? [frame] : (frame.payload.entries ?? [])
  return told.flatMap(({ action, payload: { chat_id = '', seq } }) => {
    const chat = chats.get(chat_id)
    // The last one out is told what became of it.
    if (!chat || seq === undefined || action === 'chat_deleted') return []
    const isTheirs = partsOf(chat, user_id, view).some((part) => holds(part, seq))
    return isTheirs ? [] : [`[MEM5] ${user_id} was told of entry ${seq} of ${chat_id}: ${text.slice(0, 300)}`]
  })
}
