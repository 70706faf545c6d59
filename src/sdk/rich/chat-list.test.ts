/** A list of several pages through new connections, late answers, and another user: nothing that was shown is lost, or shown to anybody else. */
import { expect, it } from 'vitest'
import { createChatList } from './chat-list.ts'
import type { Ground } from './ground.ts'
import type { Chat } from './types.ts'

const LIMIT = 2
const chat = (id: string, at: number) => ({ id, last_activity_at: new Date(at).toISOString() }) as Chat
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Five chats on a server that answers at once, unless it is held. */
async function open() {
  const all = ['e', 'd', 'c', 'b', 'a'].map((id, at) => chat(id, 5 - at))
  const server = { all, asked: 0, fails: false, held: Promise.resolve(), release: () => {} }
  const hold = () => {
    server.held = new Promise((resolve) => {
      server.release = resolve
    })
  }
  async function ask(action: string, { chat_id, page_id = '0' }: { chat_id?: string; page_id?: string }) {
    if (action === 'get_chat') return { chat: chat(String(chat_id), 9) }
    server.asked++
    const to = Number(page_id) + LIMIT
    const page = { chats_summary: all.slice(Number(page_id), to), ...(to < all.length && { next_page_id: String(to) }) }
    await server.held
    if (server.fails) throw new Error('lost')
    return page
  }
  const list = createChatList({ ask } as unknown as Ground, LIMIT, () => {})
  await settled()
  return { server, hold, list, shown: () => list.state.chats.map(({ id }) => id).join('') }
}

it('keeps as many pages as were loaded, and never shows fewer meanwhile', async () => {
  const { server, list, shown } = await open()
  await list.loadMore()
  const seen = new Set<string>()
  list.subscribe(() => seen.add(shown()))
  list.renew()
  await settled()
  expect([...seen]).toEqual(['edcb'])
  expect(list.state).toMatchObject({ hasMore: true, loading: false })
  expect(server.asked).toBe(4)
  await list.loadMore()
  expect([shown(), list.state.hasMore]).toEqual(['edcba', false])
})

it('stays as it was where it cannot be read anew, and is the next time', async () => {
  const { server, list, shown } = await open()
  await list.loadMore()
  server.all.unshift(chat('f', 6))
  server.fails = true
  list.renew()
  await settled()
  expect([shown(), list.state.loading]).toEqual(['edcb', false])
  server.fails = false
  list.renew()
  await settled()
  expect(shown()).toBe('fedc')
})

it('is read anew once more where there is a new connection while it is loading', async () => {
  const { server, hold, list, shown } = await open()
  hold()
  list.loadMore()
  server.all.unshift(chat('f', 6))
  list.renew()
  server.release()
  await settled()
  expect(shown()).toBe('fedc')
})

it('shows what happened to a chat while pages were being read, which are older', async () => {
  const { server, hold, list, shown } = await open()
  hold()
  list.renew()
  list.touch('d')
  list.touch('g')
  list.drop('e')
  await settled()
  server.release()
  await settled()
  expect(shown()).toBe('gd')
  expect(list.state.chats[1]).toEqual(chat('d', 9))
})

it('keeps nothing of whoever was there before, nor where their next page begins', async () => {
  const { server, list, shown } = await open()
  await list.loadMore()
  list.clear()
  expect(list.state).toEqual({ chats: [], hasMore: false, loading: false, loaded: false })
  await list.loadMore()
  expect([shown(), server.asked]).toEqual(['', 2])
  list.renew()
  await settled()
  expect(shown()).toBe('ed')
})
