/** The SDKs as a storm drives them: the real ones, in the environment of a tab. */
import { createAgent } from '../../src/sdk/agent/agent.ts'
import { createFace } from '../../src/sdk/customer/face.ts'
import { createMembers } from '../../src/sdk/customer/members.ts'
import * as more from '../../src/sdk/customer/more.ts'
import { createTyping } from '../../src/sdk/customer/typing.ts'
import type { Founded } from '../../src/testing/factories.ts'
import { type Client, FaceTab } from './face.ts'
import type { Ground } from './ground.ts'
import type { Mutation } from './mutation.ts'
import { PageTab } from './page.ts'
import type { Ways } from './person.ts'

const configOf = ({ license, client_id: clientId }: Founded) => ({ license, clientId, server: 'http://chat.test' })

const same = <T>(value: T): T => value

/** The face of customers. */
export const visitorFace =
  ({ environment = same, view = same }: Mutation, house: Founded): Ways['face'] =>
  (person, tab) => {
    const sdk = createFace(configOf(house), environment(tab.environment))
    sdk.connect()
    const typing = createTyping(sdk.ground.client, tab.environment.clock)
    const client: Client = {
      get chats() {
        return sdk.chats
      },
      get me() {
        return sdk.me
      },
      conversation: (chat) => view(sdk.conversation(chat)),
      ask: (action, payload) => sdk.ask(action as 'sync', payload as never),
      setSneakPeek: (chat, text) => typing.setSneakPeek(chat, text),
    }
    return new FaceTab(person, tab, client)
  }

/** A page with the public SDK. `vouch` says what the site's own back end does: who the SDK asks is told of whoever is signed in. */
export const page =
  ({ environment = same, page: faulty = same }: Mutation, house: Founded, vouch: (user: string) => string): Ways['page'] =>
  (person, tab) => {
    const asked = { getToken: async () => person.user && vouch(person.user) }
    const config = { ...configOf(house), ...(person.role === 'guest' && asked) }
    return new PageTab(person, tab, faulty(createMembers(config, environment(tab.environment), async () => more)))
  }

/** The face of agents. */
export const agentFace =
  ({ environment = same, view = same }: Mutation, { server }: Ground): Ways['face'] =>
  (person, tab) => {
    const sdk = createAgent({ server, autoConnect: true }, environment(tab.environment))
    sdk.connect()
    const client: Client = {
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
      ask: (action, payload) => sdk.request(action, payload),
      setTyping: (chat, typing) => sdk.setTyping(chat, typing),
    }
    return new FaceTab(person, tab, client)
  }
