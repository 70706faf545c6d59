/** Sending events, and what can be done about those that did not arrive. */
import type { Event } from '../../protocol/events.ts'
import type { Client } from '../core/client.ts'
import type { CustomerSDK } from './api.ts'
import { check, checkId } from './arguments.ts'
import { eventOf, newEventOf } from './shapes.ts'
import type { NewEvent } from './types.ts'

export function checkEvent(event: NewEvent): void {
  check(typeof event?.type === 'string', 'the event has no type')
  check(event.type !== 'message' || (typeof event.text === 'string' && event.text.trim() !== ''), 'text is empty')
  check(event.customId === undefined || /^[^~]/.test(event.customId), 'customId is empty or begins with ~')
}

export function createEvents({ outbox }: Client): Pick<CustomerSDK, 'sendMessage' | 'sendEvent' | 'retry' | 'discard'> {
  async function sendEvent(chat: string, event: NewEvent) {
    checkId(chat)
    checkEvent(event)
    return eventOf((await outbox.send(chat, newEventOf(event))).event as Event)
  }
  return {
    sendEvent,
    sendMessage: (chat, message) => sendEvent(chat, { ...message, type: 'message' }),
    retry: outbox.retry,
    discard: outbox.discard,
  }
}
