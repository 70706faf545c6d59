/** Messages with all that they can refer to, feeds of events and of replies, and what is done to an event. */
import type { Event, Reaction, Replies } from '../../protocol/shown.ts'
import type { Rich } from './api.ts'
import type { Ground } from './ground.ts'
import type { NewMessage, Options } from './types.ts'

type Name =
  | 'sendMessage'
  | 'listEvents'
  | 'listReplies'
  | 'getEvent'
  | 'editEvent'
  | 'deleteEvent'
  | 'addReaction'
  | 'removeReaction'
  | 'markRead'

interface Page {
  readonly events: Event[]
  readonly seq: number
  readonly has_more: boolean
  readonly parent?: { readonly replies: Replies | null }
}

const messageOf = ({ replyTo, quotes, attachments, ...said }: NewMessage) => ({
  reply_to_id: replyTo,
  quoted_event_id: quotes,
  file_ids: attachments,
  ...said,
  type: 'message',
})

export function createEvents({ sdk, ask, shape }: Ground): Pick<Rich<never>, Name> {
  const one = async (action: string, payload: object, options?: Options) =>
    shape((await ask<{ event: Event }>(action, payload, options)).event) as never
  const react = (action: string) => async (chat_id: string, event_id: string, emoji: string, options?: Options) =>
    (await ask<{ reactions: Reaction[] }>(action, { chat_id, event_id, emoji }, options)).reactions
  const page = async (action: string, payload: object, options?: Options) => {
    const { events, has_more, seq, parent } = await ask<Page>(action, payload, options)
    return { events: events.map(shape) as never[], hasMore: has_more, seq, replies: parent?.replies ?? null }
  }

  return {
    /** Through the outbox of the instance, which keeps it until the server has it. */
    async sendMessage(chat, message, options) {
      const event = JSON.parse(JSON.stringify(messageOf(typeof message === 'string' ? { text: message } : message))) as object
      return (await (sdk.sendEvent ? sdk.sendEvent(chat, event, options) : sdk.conversation?.(chat).send(event))) as never
    },
    async listEvents(chat_id, range, options) {
      const { events, hasMore, seq } = await page('list_events', { ...range, chat_id }, options)
      return { events: events.reverse(), hasMore, seq }
    },
    listReplies: (chat_id, event_id, range, options) => page('list_replies', { ...range, chat_id, event_id }, options),
    getEvent: (chat_id, event_id, options) => one('get_event', { chat_id, event_id }, options),
    editEvent: (chat_id, event_id, changes, options) => one('edit_event', { ...changes, chat_id, event_id }, options),
    deleteEvent: (chat_id, event_id, options) => one('delete_event', { chat_id, event_id }, options),
    addReaction: react('add_reaction'),
    removeReaction: react('remove_reaction'),
    async markRead(chat_id, to, options) {
      const seq = typeof to === 'string' ? (await ask<{ event: Event }>('get_event', { chat_id, event_id: to }, options)).event.seq : to
      const { seen_seq } = await ask<{ seen_seq: number }>('mark_events_as_seen', { chat_id, seq }, options)
      return { seq: seen_seq }
    },
  }
}
