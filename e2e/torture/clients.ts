/** The SDKs as a storm drives them: the real ones, in the environment of a tab. */
import { createAgent } from '../../src/sdk/agent/agent.ts'
import { createFace } from '../../src/sdk/customer/face.ts'
import type { Mutation } from './mutations.ts'
import type { MakeClient } from './person.ts'

const SERVER = 'http://chat.test'

const same = <T>(value: T): T => value

export const customerClient =
  ({ environment = same, view = same }: Mutation): MakeClient =>
  (tab) => {
    const sdk = createFace({ license: 1, clientId: 'demo', server: SERVER }, environment(tab.environment))
    sdk.connect()
    return {
      get chats() {
        return sdk.chats
      },
      get me() {
        return sdk.me
      },
      conversation: (chat) => view(sdk.conversation(chat)),
      setSneakPeek: (chat, text) => sdk.setSneakPeek(chat, text),
      destroy: () => sdk.destroy(),
    }
  }

export const agentClient =
  ({ environment = same, view = same }: Mutation): MakeClient =>
  (tab) => {
    const sdk = createAgent({ server: SERVER, autoConnect: true }, environment(tab.environment))
    sdk.connect()
    return {
      get chats() {
        return sdk.chats
      },
      get me() {
        return sdk.me?.id ?? null
      },
      conversation(chat) {
        if (chat === null) throw new Error('unable to begin a chat; agents answer')
        return view(sdk.conversation(chat))
      },
      setTyping: (chat, typing) => sdk.setTyping(chat, typing),
      destroy: () => sdk.destroy(),
    }
  }
