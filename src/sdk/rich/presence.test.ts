/** Who of a chat is there, as far as it is known: from an answer on, and as long as nothing says otherwise. */
import { expect, it } from 'vitest'
import type { Ground } from './ground.ts'
import { createPresence } from './presence.ts'

const online = (user_id: string) => ({ user_id, online_at: '' })
const joined = (chat: string, user_id: string) => ({ chat, joins: [online(user_id)], leaves: [] })

/** Presence over a server that answers as `answer` says. */
function open(answer: () => Promise<object>) {
  const asked = { answer }
  const ground = { ask: () => asked.answer(), emit() {} } as unknown as Ground
  return { asked, presence: createPresence(ground) }
}

it('is nobody’s guess where only a change was told', () => {
  const { presence } = open(async () => ({ users: [] }))
  presence.changed(joined('chat', 'ann'))
  expect(presence.of('chat')).toBeUndefined()
})

it('is asked for again where something was told meanwhile', async () => {
  const { presence, asked } = open(async () => ({ users: [] }))
  const reading = presence.getPresence('chat')
  presence.changed(joined('chat', 'ann'))
  asked.answer = async () => ({ users: [online('ann')] })
  expect(Object.keys(await reading)).toEqual(['ann'])
  expect(Object.keys(presence.of('chat') ?? {})).toEqual(['ann'])
})

it.each([
  ['CONNECTION_LOST', ['ann', 'ben']],
  ['MISSING_ACCESS', undefined],
])('of which a new connection is asked in vain, because of %s, is %o', async (code, users) => {
  const { presence, asked } = open(async () => ({ users: [online('ann')] }))
  await presence.getPresence('chat')
  asked.answer = () => Promise.reject(Object.assign(new Error(code), { code }))
  presence.renew()
  await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)))
  await Promise.resolve()
  presence.changed(joined('chat', 'ben'))
  const known = presence.of('chat')
  expect(known && Object.keys(known)).toEqual(users)
})
