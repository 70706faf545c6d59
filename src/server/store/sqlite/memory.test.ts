/** What the store remembers of rows is what the file holds: after failures, and after somebody else wrote. */
import { describe, expect, it } from 'vitest'
import { addUser, change, chatOf, done, message, organization, page, removeUser, startChat, texts } from '../contract/ground.contract.ts'
import type { Store } from '../store.ts'
import { openNodeDriver } from './driver.ts'
import { openWatched } from './ground.contract.ts'

const SQLITE_FULL = 13
const SQLITE_CANTOPEN = 14

async function withChat() {
  const watched = openWatched()
  await done(watched.store, change([organization('acme', 1)]))
  await done(watched.store, startChat())
  return watched
}

describe('what is remembered', () => {
  it('forgets a change that failed after it had written', async () => {
    const { store, failNext } = await withChat()
    failNext(/^\s*INSERT INTO requests|^\s*INSERT OR REPLACE INTO requests/, SQLITE_CANTOPEN, 2)
    const keyed = change([message('c', 't', 'lost')], { idempotency: [{ by: 'request', principal: 'ann', key: 'k', fingerprint: 'f' }] })
    const outcomes = await Promise.allSettled([store.commit(keyed), store.commit(change([message('c', 't', 'kept')]))])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect((await chatOf(store, 'c')).seq_agents).toBe(3)
    expect((await done(store, change([message('c', 't', 'next')]))).entries[0]?.event?.id).toBe('t_3')
    expect(texts((await store.events(page('c'))).events)).toEqual(['hello', 'kept', 'next'])
  })

  it('forgets a whole transaction that did not get onto the disk', async () => {
    const { store, failNext } = await withChat()
    expect(await store.stays('c', 'robin')).toEqual([])
    failNext(/^COMMIT/, SQLITE_FULL)
    expect(await store.commit(change([addUser('c', 'robin')]))).toEqual({ ok: false, why: 'full' })
    expect([(await chatOf(store, 'c')).seq_agents, await store.present('c'), await store.stays('c', 'robin')]).toEqual([
      2,
      [{ user_id: 'ann', user_type: 'customer' }],
      [],
    ])
  })

  it('follows who comes and goes', async () => {
    const { store } = await withChat()
    const stays = async () => (await store.stays('c', 'robin')).map(({ from_agents, to_agents }) => [from_agents, to_agents])
    expect(await stays()).toEqual([])
    await done(store, change([addUser('c', 'robin')]))
    expect(await stays()).toEqual([[1, null]])
    await done(store, change([removeUser('c', 'robin')]))
    expect(await stays()).toEqual([[1, 4]])
  })

  it('is not changed by what comes later', async () => {
    const { store } = await withChat()
    const [before, { last_thread }] = [
      await chatOf(store, 'c'),
      await store.summary(await chatOf(store, 'c'), { user_id: 'ann', view: 'agents' }),
    ]
    const copy = structuredClone({ before, last_thread })
    await done(store, change([addUser('c', 'robin'), message('c', 't', 'later', { author_id: 'robin' })]))
    expect({ before, last_thread }).toEqual(copy)
  })

  it('is what another process wrote, from the next transaction on', async () => {
    const { store, path } = await withChat()
    expect((await chatOf(store, 'c')).properties).toEqual({})
    const other = openNodeDriver(path)
    other.exec(`UPDATE chats SET properties = '{"desk":{"floor":2}}'`)
    other.close()
    await store.ping()
    expect((await chatOf(store, 'c')).properties).toEqual({ desk: { floor: 2 } })
  })
})

describe('what is remembered of webhooks', () => {
  const row = {
    ...{ organization_id: 'acme', url: 'https://hooks.test/', events: [], description: null, secret: 's', previous_secret: null },
    ...{ previous_until: null, created_at: 1, changed_at: 1, failing_since: null, retry_at: null, succeeded_at: null, disabled_at: null },
  }
  const register = (id: string) => change([{ write: 'insert', table: 'webhooks', row: { ...row, id } }])
  const due = async (store: Store, id: string) => (await store.dueCursors(id, 1e9, 10)).map(({ after_seq }) => after_seq)

  it('[WHK2] is not that a chat is behind when the change that said so failed', async () => {
    const { store, failNext } = await withChat()
    await done(store, register('w'))
    failNext(/^COMMIT/, SQLITE_FULL)
    expect(await store.commit(change([message('c', 't', 'lost')]))).toEqual({ ok: false, why: 'full' })
    await done(store, change([message('c', 't', 'kept')]))
    expect(await due(store, 'w')).toEqual([2])
  })

  it('[WHK2] is not of one webhook what is so of another', async () => {
    const { store } = await withChat()
    await done(store, register('w'))
    await done(store, change([message('c', 't', 'one')]))
    await done(store, register('v'))
    await done(store, change([message('c', 't', 'two')]))
    expect([await due(store, 'w'), await due(store, 'v')]).toEqual([[2], [3]])
    const move = { write: 'move_cursor', webhook_id: 'w', chat_id: 'c', after_seq: 4, due_at: 1, attempts: 0, failing_since: null } as const
    await done(store, change([move]))
    await done(store, change([message('c', 't', 'three')]))
    expect([await due(store, 'w'), await due(store, 'v')]).toEqual([[4], [3]])
  })
})
