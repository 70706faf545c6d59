/** Lists that are walked while others come and go: whatever stays is found once, by whichever cursor. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, type TestOrganization } from '../../../testing/organization.ts'

let organization: TestOrganization
let serve: TestOrganization['serve']
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
})
afterEach(() => organization.close())

interface Part {
  readonly data: readonly object[]
  readonly next_cursor: string | null
}
type Read = (part: { cursor?: string; limit: number }) => Promise<Part>

const idsOf = ({ data }: Part) => data.map((one) => (one as { id: string }).id)

/** To its end, two by two, `between` after each part. */
async function walk(read: Read, between: (part: number) => Promise<unknown>): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  for (let part = 0; part === 0 || cursor !== null; part++) {
    const page: Part = await read({ limit: 2, ...(cursor !== null && { cursor }) })
    found.push(...idsOf(page))
    cursor = page.next_cursor
    await between(part)
  }
  return found
}

const chat = async (at: number) => (await serve('create_chat', { users: ['jo', `friend-${at}`] })).chat.id
async function room() {
  const chat_id = await chat(0)
  const say = async () => (await serve('send_event', { chat_id, user_id: 'jo', event: { type: 'message', text: 'x' } })).event.id
  return { chat_id, say }
}

/** How each list is read, filled and emptied. */
const LISTS: Record<string, () => Promise<{ read: Read; add(at: number): Promise<string>; remove(id: string): Promise<unknown> }>> = {
  'list_users of customers': async () => ({
    read: (part) => serve('list_users', part),
    add: async (at) => (await serve('create_user', { external_id: `user-${at}` })).user.id,
    remove: (user_id) => serve('delete_user', { user_id }),
  }),
  'list_users of agents': async () => ({
    read: (part) => serve('list_users', { type: 'agent', ...part }),
    add: async (at) => (await serve('create_user', { external_id: `agent-${at}`, type: 'agent' })).user.id,
    remove: (user_id) => serve('delete_user', { user_id }),
  }),
  'list_chats of the organization': async () => ({
    read: (part) => serve('list_chats', part),
    add: chat,
    remove: (chat_id) => serve('delete_chat', { chat_id }),
  }),
  'list_chats of a user': async () => {
    await serve('create_user', { external_id: 'jo' })
    return {
      read: (part) => serve('list_chats', { user_id: 'jo', ...part }),
      add: chat,
      remove: (chat_id) => serve('delete_chat', { chat_id }),
    }
  },
  list_webhooks: async () => ({
    read: (part) => serve('list_webhooks', part),
    add: async (at) => (await serve('register_webhook', { url: `https://hooks.example.com/${at}` })).webhook.id,
    remove: (webhook_id) => serve('unregister_webhook', { webhook_id }),
  }),
  'list_events, the newest first': async () => {
    const { chat_id, say } = await room()
    return {
      read: (part) => serve('list_events', { chat_id, ...part }),
      add: say,
      remove: (event_id) => serve('delete_event', { chat_id, event_id }),
    }
  },
  'list_events, the oldest first': async () => {
    const { chat_id, say } = await room()
    return {
      read: (part) => serve('list_events', { chat_id, order: 'asc', ...part }),
      add: say,
      remove: (event_id) => serve('delete_event', { chat_id, event_id }),
    }
  },
}

describe.each(Object.entries(LISTS))('%s', (_, open) => {
  it('has what stays once, while others come and go, those at which it stood among them', async () => {
    const { read, add, remove } = await open()
    const all: string[] = []
    for (let at = 0; at < 9; at++) {
      all.push(await add(at))
      // Some of one moment, and some not.
      if (at % 3 === 0) await organization.clock.advance(1)
    }
    const order = idsOf(await read({ limit: 100 }))
    expect([...order].sort()).toEqual([...all].sort())
    const removed = [order[1], order[4], order[7]] as string[]
    const found = await walk(read, async (part) => {
      const gone = removed[part]
      if (gone !== undefined) await remove(gone)
      if (part < 3) await add(100 + part)
    })
    const stays = all.filter((id) => !removed.includes(id))
    expect(found.filter((id) => stays.includes(id))).toEqual(order.filter((id) => stays.includes(id)))
    expect(new Set(found).size).toBe(found.length)
  })

  it('tells the total with a page, and has nothing behind its last', async () => {
    const { read, add } = await open()
    for (let at = 0; at < 5; at++) await add(at)
    const page = (number: number) => read({ limit: 2, page: number } as { limit: number })
    expect(await page(3)).toMatchObject({ data: [{}], page: 3, total: 5, total_pages: 3, has_more: false, next_cursor: null })
    expect(await page(4)).toMatchObject({ data: [], total: 5, has_more: false })
    expect([...idsOf(await page(1)), ...idsOf(await page(2)), ...idsOf(await page(3))]).toEqual(idsOf(await read({ limit: 9 })))
  })
})
