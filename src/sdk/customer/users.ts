/** Chats that one comes into and leaves by oneself. */
import type { CustomerSDK } from './api.ts'
import type { Part } from './part.ts'
import { startedOf } from './shapes.ts'

export const createUsers = ({ client: { ask } }: Part): Pick<CustomerSDK, 'joinChat' | 'leaveChat'> => ({
  joinChat: async (chat_id) => startedOf((await ask('join_chat', { chat_id })).chat),
  leaveChat: async (chat_id) => ({ destroyed: (await ask('leave_chat', { chat_id })).destroyed }),
})
