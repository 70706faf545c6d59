/** Properties of chats, threads and events, set and deleted. */
import { arrivedInTime } from '../core/outbox-arrived.ts'
import type { CustomerSDK } from './api.ts'
import type { Part } from './part.ts'

type PropertyMembers = Pick<
  CustomerSDK,
  | 'updateChatProperties'
  | 'deleteChatProperties'
  | 'updateChatThreadProperties'
  | 'deleteChatThreadProperties'
  | 'updateEventProperties'
  | 'deleteEventProperties'
>

export function createProperties(part: Part): PropertyMembers {
  const { ask } = part.client
  const done = async (asked: Promise<unknown>) => {
    await asked
    return { success: true }
  }
  return {
    async updateChatProperties(chat, properties) {
      return done(ask('update_chat_properties', { id: await arrivedInTime(part, chat), properties }))
    },
    async deleteChatProperties(chat, properties) {
      return done(ask('delete_chat_properties', { id: await arrivedInTime(part, chat), properties }))
    },
    async updateChatThreadProperties(chat, thread_id, properties) {
      return done(ask('update_thread_properties', { chat_id: await arrivedInTime(part, chat), thread_id, properties }))
    },
    async deleteChatThreadProperties(chat, thread_id, properties) {
      return done(ask('delete_thread_properties', { chat_id: await arrivedInTime(part, chat), thread_id, properties }))
    },
    async updateEventProperties(chat, thread_id, event_id, properties) {
      return done(ask('update_event_properties', { chat_id: await arrivedInTime(part, chat), thread_id, event_id, properties }))
    },
    async deleteEventProperties(chat, thread_id, event_id, properties) {
      return done(ask('delete_event_properties', { chat_id: await arrivedInTime(part, chat), thread_id, event_id, properties }))
    },
  }
}
