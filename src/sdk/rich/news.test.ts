/** What the extension tells when another customer takes over: all that is theirs, and nothing of the one before. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ResponseOf } from '../../protocol/actions.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'
import { rich } from './index.ts'

let shop: Shop
let visit: Visit

beforeEach(async () => {
  shop = await openShop('news')
  visit = await shop.visit()
})
afterEach(() => shop.close())

const become = async (user: string) => {
  await visit.sdk.identify(shop.vouch(user))
  await shop.clock.advance(10_000)
}

it('[IDN7] shows nothing of the one before, and tells of what names both', async () => {
  const sdk = rich(visit.sdk)
  const mentions: string[] = []
  sdk.on('user_mentioned', ({ event }) => mentions.push(event))
  await become('user-2')
  await become('user-1')
  const { id } = await sdk.createChat({ users: ['user-2'] })
  const agent = await shop.agent()
  const { agents } = shop.founded
  await sdk.addUsers(id, [agents[0]?.id ?? ''])
  const sent: ResponseOf<'send_event'> = await agent.ask('send_event', {
    chat_id: id,
    event: { type: 'message', text: 'both of you', mentions: ['user-1', 'user-2'] },
  })
  const list = sdk.chatList()
  await sdk.getPresence(id)
  await shop.clock.advance(2_000)
  expect(mentions).toEqual([sent.event.id])
  expect([list.state.chats.length, Object.keys(sdk.chat(id).presence).length]).toEqual([1, 2])
  const shown: number[] = []
  sdk.on('disconnected', () => shown.push(list.state.chats.length, Object.keys(sdk.chat(id).presence).length))
  await become('user-2')
  expect(shown).toEqual([0, 0])
  expect(mentions).toEqual([sent.event.id, sent.event.id])
  expect(list.state.chats.map((chat) => chat.id)).toEqual([id])
})

it('[IDN7] gives nobody an answer that was for the one before', async () => {
  const answers: ((answer: object) => void)[] = []
  let tell = (_name: string, _data: unknown) => {}
  const sdk = rich({
    on(_: '*', listener: (name: string, data: unknown) => void) {
      tell = listener
      return () => {}
    },
    request: <T>() => new Promise<T>((resolve) => answers.push(resolve as (answer: object) => void)),
    connect() {},
    disconnect() {},
    destroy() {},
  })
  const list = sdk.chatList()
  const users = codeOf(sdk.listUsers('chat'))
  tell('disconnected', 'identity_changed')
  expect(list.state.loading).toBe(false)
  for (const answer of answers.splice(0)) answer({ chats_summary: [{ id: 'chat' }], users: [{ id: 'ann' }] })
  expect(await users).toBe('IDENTITY_CHANGED')
  expect(list.state.chats).toEqual([])
})
