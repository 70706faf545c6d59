/** Direct and group chats: making them, saying something of them, and who is in them. */
import type { Rich } from './api.ts'
import type { Ground } from './ground.ts'
import type { Chat, ChatUser } from './types.ts'

type Members = Pick<Rich<unknown>, 'createChat' | 'updateChat' | 'listUsers' | 'addUsers' | 'removeUser'>

export const createChats = ({ ask }: Ground): Members => ({
  async createChat({ userLimit: user_limit, customId: custom_id, ...said }, options) {
    return (await ask<{ chat: Chat }>('create_chat', { ...said, user_limit, custom_id }, options)).chat
  },
  async updateChat(chat_id, { userLimit: user_limit, ...said }, options) {
    return (await ask<{ chat: Chat }>('update_chat', { ...said, chat_id, user_limit }, options)).chat
  },
  async listUsers(chat_id, options) {
    return (await ask<{ users: ChatUser[] }>('list_users', { chat_id }, options)).users
  },
  async addUsers(chat_id, user_ids, as, options) {
    return (await ask<{ users: ChatUser[] }>('add_users_to_chat', { ...as, chat_id, user_ids }, options)).users
  },
  async removeUser(chat_id, user_id, options) {
    const { destroyed } = await ask<{ destroyed: boolean }>('remove_user_from_chat', { chat_id, user_id }, options)
    return { destroyed }
  },
})
