/** Properties of chats, threads and events, set and deleted. */

import type { Properties as WireProperties } from '../../protocol/properties.ts'
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import type { Part } from './part.ts'
import type { Properties, PropertyNames } from './types.ts'

type PropertyMembers = Pick<
  CustomerSDK,
  | 'updateChatProperties'
  | 'deleteChatProperties'
  | 'updateChatThreadProperties'
  | 'deleteChatThreadProperties'
  | 'updateEventProperties'
  | 'deleteEventProperties'
>

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the server would refuse anyway is found before anybody is asked. */
function checkProperties(properties: Properties): WireProperties {
  check(isMap(properties) && Object.values(properties).every(isMap), 'properties')
  return properties
}

function checkNames(names: PropertyNames): PropertyNames {
  check(isMap(names) && Object.values(names).every(Array.isArray), 'properties')
  return names
}

export function createProperties(part: Part): PropertyMembers {
  const { ask } = part.client
  const done = async (asked: Promise<unknown>) => {
    await asked
    return { success: true }
  }
  return {
    async updateChatProperties(chat, given) {
      const properties = checkProperties(given)
      return done(ask('update_chat_properties', { id: await arrivedInTime(part, chat), properties }))
    },
    async deleteChatProperties(chat, given) {
      const properties = checkNames(given)
      return done(ask('delete_chat_properties', { id: await arrivedInTime(part, chat), properties }))
    },
    async updateChatThreadProperties(chat, thread_id, given) {
      const properties = checkProperties(given)
      return done(ask('update_thread_properties', { chat_id: await arrivedInTime(part, chat), thread_id, properties }))
    },
    async deleteChatThreadProperties(chat, thread_id, given) {
      const properties = checkNames(given)
      return done(ask('delete_thread_properties', { chat_id: await arrivedInTime(part, chat), thread_id, properties }))
    },
    async updateEventProperties(chat, thread_id, event_id, given) {
      const properties = checkProperties(given)
      return done(ask('update_event_properties', { chat_id: await arrivedInTime(part, chat), thread_id, event_id, properties }))
    },
    async deleteEventProperties(chat, thread_id, event_id, given) {
      const properties = checkNames(given)
      return done(ask('delete_event_properties', { chat_id: await arrivedInTime(part, chat), thread_id, event_id, properties }))
    },
  }
}
