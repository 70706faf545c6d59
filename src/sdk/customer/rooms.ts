/** Chats that one comes into and leaves by oneself, and being seen to type there. */
import type { CustomerSDK } from './api.ts'
import type { Part } from './part.ts'
import { startedOf } from './shapes.ts'

export const createRooms = ({ client: { ask } }: Part): Pick<CustomerSDK, 'joinChat' | 'leaveChat' | 'setTyping'> => ({
  joinChat: async (chat_id) => startedOf((await ask('join_chat', { chat_id })).chat),
  leaveChat: async (chat_id) => ({ destroyed: (await ask('leave_chat', { chat_id })).destroyed }),
  async setTyping(chat_id, is_typing) {
    await ask('send_typing_indicator', { chat_id, is_typing })
    return { success: true }
  },
})
