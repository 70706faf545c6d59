/** Sending events: texts, and whatever else a site has its own types for. */
import type { Event } from '../../protocol/events.ts'
import type { Client } from '../core/client.ts'
import type { CustomerSDK } from './api.ts'
import { check, isText } from './arguments.ts'
import { eventOf, newEventOf } from './shapes.ts'
import type { NewEvent, Options } from './types.ts'

/** What would be refused anyway need not be kept and sent first. */
export const checkEvent = (event: NewEvent): void =>
  check(
    event?.type && event.customId?.[0] !== '~' && (event.type !== 'message' || /\S/.test(event.text || (event.file_ids as string) || '')),
    'event',
  )

export function createEvents({ outbox }: Client): Pick<CustomerSDK, 'sendMessage' | 'sendEvent'> {
  async function sendEvent(chat: string, event: NewEvent, { signal }: Options = {}) {
    check(isText(chat), 'chat')
    checkEvent(event)
    return eventOf((await outbox.send(chat, newEventOf(event), signal)).event as Event)
  }
  return {
    sendEvent,
    sendMessage: (chat, message, options) => sendEvent(chat, { ...message, type: 'message' }, options),
  }
}
