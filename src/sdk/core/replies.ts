/** The replies to an event as a face sees them: a feed of their own, beside the chat's. Loaded when it is wanted. */
import type { Event } from '../../protocol/events.ts'
import { MAX_PAGE_REPLIES } from '../../protocol/limits.ts'
import type { LogPush, PushPayload } from '../../protocol/pushes.ts'
import type { Client } from './client.ts'
import { type EventLine, echo, echoOf } from './echoes.ts'
import { type Amending, amended } from './events.ts'
import { keyOf } from './lines.ts'
import { createView, type View } from './view.ts'

export interface RepliesState {
  /** Oldest first, own unsent ones last. */
  readonly items: readonly EventLine[]
  /** False until what was said so far is there. */
  readonly loaded: boolean
  /** It could not be loaded. With the next connection it is tried again, or by `load`. */
  readonly failed: boolean
}

export interface RepliesFeed extends View<RepliesState> {
  /** Loads what was said so far; what comes after is there by itself. */
  load(): Promise<void>
  close(): void
}

/** Pieces are not numbered: each says itself whether it is of use. */
interface Piece {
  readonly action: 'incoming_event_piece'
  readonly payload: PushPayload<'incoming_event_piece'>
}

const isPiece = (push: { readonly action: string }): push is Piece => push.action === 'incoming_event_piece'

const NONE: RepliesState = { items: [], loaded: false, failed: false }

/** Follows the replies to an event, from now on until it is closed. The chat has to be held meanwhile. */
export function createReplies({ ask, events, outbox }: Client, chat_id: string, event_id: string, me: () => string): RepliesFeed {
  let held = new Map<string, Event>()
  let said: Pick<RepliesState, 'loaded' | 'failed'> = NONE
  /** What is told while pages are being read: it may be newer than they are. */
  let meanwhile: (LogPush | Piece)[] | null = null
  /** What the server has and the log has not told of yet. */
  const landed = new Map<string, Event>()

  const isOurs = ({ reply_to_id }: { readonly reply_to_id?: string | undefined }) => reply_to_id === event_id

  const view = createView((): RepliesState => {
    const items = new Map<string, EventLine>()
    const put = (event: Event) => {
      const own = event.author_id === me()
      const key = keyOf(event, own)
      items.set(key, { ...echo(key, event, { seq: event.seq, delivery: 'sent', error: null }), own })
    }
    const inOrder = [...held.values()].sort((one, other) => one.seq - other.seq)
    for (const event of inOrder) put(event)
    for (const event of landed.values()) if (!held.has(event.id)) put(event)
    for (const entry of outbox.entries) {
      if (outbox.real(entry.chat) !== chat_id) continue
      for (const event of entry.events.filter(isOurs)) {
        const line = echoOf(outbox, entry, event, me())
        if (!items.has(line.key)) items.set(line.key, line)
      }
    }
    return { ...said, items: [...items.values()] }
  })

  function say(next: Partial<typeof said>) {
    said = { ...said, ...next }
    view.touch()
  }

  /** Tells whether something is not what it was. */
  function take({ action, payload }: LogPush | Piece, known: Map<string, Event>, isNewer = (_id: string) => true): boolean {
    let isTaken = false
    const put = (event: Event) => {
      known.set(event.id, event)
      isTaken = true
    }
    for (const [id, event] of known) {
      const next = isNewer(id) ? amended(event, payload as Amending) : event
      if (next !== event) put(next)
    }
    if (action === 'incoming_event' && isOurs(payload.event) && !known.has(payload.event.id)) put(payload.event)
    return isTaken
  }

  async function read(): Promise<void> {
    const found = new Map<string, Event>()
    /** Of each event, how far the log had come when it was read. */
    const asOf = new Map<string, number>()
    let after = 0
    for (let more = true; more; ) {
      const { events: page, has_more, seq } = await ask('list_replies', { chat_id, event_id, after, limit: MAX_PAGE_REPLIES })
      for (const event of page) {
        found.set(event.id, event)
        asOf.set(event.id, seq)
        after = event.seq
      }
      more = has_more && page.length > 0
    }
    for (const push of meanwhile ?? []) take(push, found, (id) => isPiece(push) || push.payload.seq > (asOf.get(id) ?? 0))
    held = found
  }

  async function load() {
    if (meanwhile) return
    meanwhile = []
    try {
      await read()
      say({ loaded: true, failed: false })
    } catch (error) {
      say({ failed: true })
      throw error
    } finally {
      meanwhile = null
    }
  }

  const again = () => void load().catch(() => {})
  const stops = [
    events.on('entry', ({ chat, entry }) => {
      if (chat.id !== chat_id) return
      take(entry, held)
      meanwhile?.push(entry)
      if (entry.action === 'incoming_event') landed.delete(entry.payload.event.custom_id ?? '')
      view.touch()
    }),
    // BOT3: of what a bot writes only pieces tell until its next step.
    events.on('push', (push) => {
      const piece = push as Piece
      if (!isPiece(piece) || piece.payload.chat_id !== chat_id) return
      meanwhile?.push(piece)
      if (take(piece, held)) view.touch()
    }),
    events.on('landed', ({ chat_id: where, event }) => {
      if (where !== chat_id || !event || !isOurs(event) || held.has(event.id)) return
      landed.set(event.custom_id ?? event.id, event)
      view.touch()
    }),
    events.on('change', (id) => id === chat_id && view.touch()),
    // What is held counts in a log that begins anew, or has a hole.
    events.on('restart', (id) => id === chat_id && again()),
    events.on('ready', () => said.failed && again()),
  ]

  return {
    get state() {
      return view.state
    },
    subscribe: view.subscribe,
    load,
    close() {
      for (const stop of stops) stop()
    },
  }
}
