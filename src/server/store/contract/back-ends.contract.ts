/** What back ends need of a store: their keys, what was done with them, and users whom a host names. */
import { describe, expect, it } from 'vitest'
import type { ApiKeyRow, AuditRow } from '../account-rows.ts'
import type { Precondition, Write } from '../change.ts'
import {
  addUser,
  agentRow,
  change,
  createChat,
  customerRow,
  done,
  message,
  openThread,
  organization,
  type Place,
  useGround,
} from './ground.contract.ts'

const key = (id: string, more: Partial<ApiKeyRow> = {}): ApiKeyRow => ({
  ...{ id, organization_id: 'acme', name: 'Shop', scopes: ['chats:read', 'auth'], hash: `hash of ${id}`, previous_hash: null },
  ...{ previous_until: null, last_used_at: null, revoked_at: null, created_at: 5 },
  ...more,
})
const insert = (row: ApiKeyRow): Write => ({ write: 'insert', table: 'api_keys', row })

const use = (action: string, more: Partial<AuditRow> = {}): AuditRow => ({
  ...{ organization_id: 'acme', key_id: 'k', action, outcome: 'ok', request_id: 'r', address: '203.0.113.1', created_at: 10 },
  ...more,
})

export function backEndsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const holds = async (...expected: Precondition[]) => (await ground.store.commit(change([], { expect: expected }))).ok

  describe('API keys', () => {
    it('[KEY1] are found by their hash in whatever state, and listed for their organization, the oldest first', async () => {
      const { store } = ground
      const rows = [key('b'), key('a', { created_at: 6, revoked_at: 7 }), key('c', { organization_id: 'other' })]
      await done(store, change([organization('other', 2), ...rows.map(insert)]))
      expect(await store.apiKey('hash of a')).toEqual(rows[1])
      expect(await store.apiKey('hash of nobody')).toBeNull()
      expect(await store.apiKeys('acme')).toEqual(rows.slice(0, 2))
      expect(await store.apiKeys('other')).toEqual(rows.slice(2))
      expect(await store.commit(change([insert(key('d', { hash: 'hash of a' }))]))).toEqual({ ok: false, why: 'conflict' })
    })

    it('[KEY2] are found by the hash that they had before they were rotated, and by none before that', async () => {
      const { store } = ground
      await done(store, change([insert(key('a', { hash: 'one' }))]))
      const rotate = (hash: string, previous_hash: string): Write => ({
        ...{
          write: 'update',
          table: 'api_keys',
          key: { organization_id: 'acme', id: 'a' },
          set: { hash, previous_hash, previous_until: 9 },
        },
      })
      await done(store, change([rotate('two', 'one')]))
      expect([(await store.apiKey('one'))?.id, (await store.apiKey('two'))?.id]).toEqual(['a', 'a'])
      await done(store, change([rotate('three', 'two')]))
      expect(await Promise.all(['one', 'two', 'three'].map(async (hash) => (await store.apiKey(hash))?.hash))).toEqual([
        undefined,
        'three',
        'three',
      ])
    })

    it('[KEY2] are rotated as long as they are what they were read to be, and live', async () => {
      const { store } = ground
      await done(store, change([insert(key('a', { hash: 'two', previous_hash: 'one' })), insert(key('b', { revoked_at: 6 }))]))
      const live = (hash: string) => holds({ holds: 'exists', table: 'api_keys', hash })
      expect([await live('two'), await live('one'), await live('hash of b'), await live('none')]).toEqual([true, false, false, false])
    })

    it('[KEY3] have their uses told, the newest first, and nobody else’s', async () => {
      const { store } = ground
      const uses = [use('one'), use('two', { outcome: 'conflict' }), use('theirs', { key_id: 'other' }), use('three')]
      await done(store, change(uses.map((row): Write => ({ write: 'insert', table: 'audit', row }))))
      expect(await store.audit('acme', 'k', 2)).toEqual([use('three'), use('two', { outcome: 'conflict' })])
      expect((await store.audit('acme', 'k', 10)).map(({ action }) => action)).toEqual(['three', 'two', 'one'])
      expect(await store.audit('other', 'k', 10)).toEqual([])
    })

    it('[KEY3] have a use written down with what it did, or neither', async () => {
      const { store } = ground
      const note: Write = { write: 'insert', table: 'audit', row: use('create_user') }
      const twice: Write = { write: 'insert', table: 'customers', row: customerRow('ann') }
      await done(store, change([twice, note]))
      expect(await store.commit(change([note, twice]))).toEqual({ ok: false, why: 'conflict' })
      expect(await store.audit('acme', 'k', 10)).toHaveLength(1)
    })
  })

  describe('a user whom the host names', () => {
    it('[USR2] is known by neither kind of id to anyone of the organization, or the precondition is lost', async () => {
      const { store } = ground
      const people: Write[] = [
        { write: 'insert', table: 'customers', row: customerRow('ann', { external_id: 'host-ann' }) },
        { write: 'insert', table: 'agents', row: agentRow('robin', { external_id: 'host-robin' }) },
      ]
      await done(store, change([organization('other', 2), ...people]))
      const unknown = (external_id: string, organization_id = 'acme') => holds({ holds: 'unknown', organization_id, external_id })
      for (const taken of ['ann', 'robin', 'host-ann', 'host-robin']) {
        expect([taken, await unknown(taken), await unknown(taken, 'other')]).toEqual([taken, false, true])
      }
      expect(await unknown('host-kim')).toBe(true)
    })

    it('is made once, though many name them at once', async () => {
      const make = (id: string) =>
        ground.store.commit(
          change([{ write: 'insert', table: 'customers', row: customerRow(id, { external_id: 'host-ann' }) }], {
            expect: [{ holds: 'unknown', organization_id: 'acme', external_id: 'host-ann' }],
          }),
        )
      expect(await Promise.all([make('a'), make('b'), make('c')])).toMatchObject([{ ok: true }, { why: 'stale' }, { why: 'stale' }])
      expect(await ground.store.customerByExternalId('acme', 'host-ann')).toMatchObject({ id: 'a' })
    })

    it('has a username that nobody else of the organization has', async () => {
      const { store } = ground
      const named = (id: string, organization_id = 'acme'): Write => ({
        ...{ write: 'insert', table: 'customers', row: customerRow(id, { organization_id, username: 'jo' }) },
      })
      await done(store, change([organization('other', 2), named('ann'), named('ben', 'other')]))
      expect(await store.commit(change([named('cleo')]))).toEqual({ ok: false, why: 'conflict' })
      expect([await store.customerByUsername('acme', 'jo'), await store.customerByUsername('other', 'jo')]).toMatchObject([
        { id: 'ann' },
        { id: 'ben' },
      ])
      expect(await store.customerByUsername('acme', 'nobody')).toBeNull()
    })

    it('comes back with all that is said of them', async () => {
      const { store } = ground
      const row = customerRow('ann', {
        ...{ username: 'jo', nickname: 'J', badge: 'VIP', status: 'suspended', custom: { tier: 'gold', points: 1e308, beta: true } },
      })
      const bot = agentRow('bot', { kind: 'bot', email: null, external_id: 'host-bot' })
      await done(
        store,
        change([
          { write: 'insert', table: 'customers', row },
          { write: 'insert', table: 'agents', row: bot },
        ]),
      )
      const reopened = await ground.reopen()
      expect(await reopened.customer('acme', 'ann')).toEqual(row)
      expect(await reopened.agentByExternalId('acme', 'host-bot')).toEqual(bot)
      expect(await reopened.agentByExternalId('other', 'host-bot')).toBeNull()
    })
  })

  it('how many are in a chat can be relied on, as so many at least or at most', async () => {
    const { store } = ground
    await done(store, change([createChat('c')]))
    await done(store, change([addUser('c', 'kim')]))
    const users = (least?: number, most?: number) =>
      holds({ holds: 'users', chat_id: 'c', ...(least !== undefined && { least }), ...(most !== undefined && { most }) })
    expect([await users(2, 2), await users(2), await users(undefined, 2), await users(0, 9)]).toEqual([true, true, true, true])
    expect([await users(3), await users(undefined, 1), await users(3, 9)]).toEqual([false, false, false])
    expect(await holds({ holds: 'users', chat_id: 'nowhere', least: 1 })).toBe(false)
  })

  describe('a customer who is erased', () => {
    const gone = (id: string, deleted_at: number | null, erased_at: number | null = null): Write => ({
      ...{ write: 'insert', table: 'customers', row: customerRow(id, { deleted_at, erased_at }) },
    })

    it('[USR4] is found until nothing more of them is, those first who wait longest', async () => {
      const { store } = ground
      const bot: Write = { write: 'insert', table: 'agents', row: agentRow('bot', { kind: 'bot', email: null, deleted_at: 20 }) }
      await done(store, change([gone('late', 30), gone('early', 10), gone('done', 20, 25), gone('here', null), bot]))
      const waiting = async (limit: number, until = 30) => (await store.unerased(until, limit)).map(({ id }) => id)
      expect([await waiting(1), await waiting(9), await waiting(9, 29)]).toEqual([['early'], ['early', 'bot', 'late'], ['early', 'bot']])
      expect(await store.unerased(10, 9)).toEqual([{ organization_id: 'acme', id: 'early', user_type: 'customer' }])
      const key = { organization_id: 'acme', id: 'early' }
      await done(store, change([{ write: 'update', table: 'customers', key, set: { erased_at: 40 } }]))
      expect(await waiting(9)).toEqual(['bot', 'late'])
    })

    it('[USR4] leaves nothing of what they did on the site', async () => {
      const { store } = ground
      const track = (customer_id: string): Write => ({
        ...{ write: 'track', customer_id, kind: 'event', content: { name: 'x' }, instead: false },
      })
      await done(store, change([gone('ann', null), gone('ben', null), track('ann'), track('ann'), track('ben')]))
      await done(store, change([{ write: 'forget_activity', customer_id: 'ann' }]))
      expect([(await store.activity('ann')).length, (await store.activity('ben')).length]).toEqual([0, 1])
    })

    it('[USR4] is nobody in whose name anything is written any more, and whose proofs count no more once they are voided', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2), gone('ann', null), gone('ben', 30)]))
      const standing = (user_id: string, not_before: number | null, organization_id = 'acme') =>
        holds({ holds: 'user', organization_id, user_id, as: { deleted_at: null, ...(not_before !== null && { not_before }) } })
      expect([await standing('ann', null), await standing('ann', 0), await standing('ann', 7)]).toEqual([true, true, false])
      expect([await standing('ben', null), await standing('ben', 0)]).toEqual([false, false])
      expect([await standing('nobody', null), await standing('ann', null, 'other')]).toEqual([false, false])
      const key = { organization_id: 'acme', id: 'ann' }
      await done(store, change([{ write: 'update', table: 'customers', key, set: { not_before: 7 } }]))
      expect([await standing('ann', null), await standing('ann', 0), await standing('ann', 7)]).toEqual([true, false, true])
    })

    it('[USR4] has an external id of which it is known for a while that it was theirs', async () => {
      const { store } = ground
      const row = { organization_id: 'acme', hash: 'h', not_before: 10, expires_at: 20 }
      await done(store, change([organization('other', 2), { write: 'insert', table: 'erased_ids', row }]))
      expect([await store.erasedId('acme', 'h'), await store.erasedId('other', 'h'), await store.erasedId('acme', 'x')]).toEqual([
        row,
        null,
        null,
      ])
      await done(store, change([{ write: 'sweep', table: 'erased_ids', until: 19, limit: 9 }]))
      expect(await store.erasedId('acme', 'h')).toEqual(row)
      await done(store, change([{ write: 'sweep', table: 'erased_ids', until: 20, limit: 9 }]))
      expect(await store.erasedId('acme', 'h')).toBeNull()
    })

    it('[USR4] is nobody whom anything is relied on of that has changed', async () => {
      const { store } = ground
      await done(store, change([gone('ann', null), { write: 'insert', table: 'agents', row: agentRow('bot', { name: 'Helper' }) }]))
      const is = (user_id: string, as: object) => holds({ holds: 'user', organization_id: 'acme', user_id, as })
      expect([await is('ann', { custom: {}, name: null }), await is('ann', { custom: { a: 1 } }), await is('ann', {})]).toEqual([
        true,
        false,
        true,
      ])
      expect([await is('bot', { name: 'Helper', deleted_at: null }), await is('bot', { name: 'X' })]).toEqual([true, false])
    })

    it('[USR4] has left entries that are found by their kind and by who did it, also when the chat is deleted', async () => {
      const { store } = ground
      const [one, two] = [message('c', 't', 'one'), message('c', 't', 'two', { author_id: 'ben' })]
      await done(store, change([createChat('c'), openThread('c', 't'), one, two, message('c', 't', 'three')]))
      const wanted = { chat_id: 'c', kinds: ['event_added'], after: 0, limit: 9 } as const
      const found = async (more: object) =>
        (await store.entriesOfKinds({ ...wanted, actor_id: null, ...more })).map(({ seq_agents, event }) => [seq_agents, event?.text])
      expect(await found({})).toEqual([
        [2, 'one'],
        [3, 'two'],
        [4, 'three'],
      ])
      expect(await found({ actor_id: 'ann' })).toEqual([
        [2, 'one'],
        [4, 'three'],
      ])
      expect(await found({ actor_id: 'ann', limit: 1, after: 2 })).toEqual([[4, 'three']])
      expect(await found({ kinds: ['thread_opened', 'rated'] })).toEqual([[1, undefined]])
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      expect(await found({ actor_id: 'ben' })).toEqual([[3, 'two']])
    })

    it('[USR4] has said nothing in a chat that was deleted, of which others’ words stay as long as it does', async () => {
      const { store } = ground
      const start = (id: string) => [createChat(id, { properties: { a: { b: 'private' } } }), openThread(id, `${id}-t`)]
      for (const id of ['c', 'kept']) {
        await done(store, change([...start(id), message(id, `${id}-t`, 'mine'), message(id, `${id}-t`, 'theirs', { author_id: 'ben' })]))
      }
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      for (const chat_id of ['c', 'kept']) await done(store, change([{ write: 'forget_said', chat_id, user_id: 'ann' }], { at: 2000 }))
      const kept = async (chat_id: string) => JSON.stringify(await (await ground.reopen()).entries(chat_id, 'agents', 0, 9))
      expect(await kept('c')).toContain('theirs')
      expect(await kept('c')).not.toContain('mine')
      expect(await kept('kept')).toContain('mine')
    })

    it('[USR4] is asked for in every chat where they are or were, each once', async () => {
      const { store } = ground
      await done(store, change([createChat('c1')]))
      await done(store, change([createChat('c2')]))
      for (const write of [addUser('c1', 'kim'), { write: 'remove_user', chat_id: 'c1', user_id: 'kim', by: null } as const]) {
        await done(store, change([write]))
      }
      for (const write of [addUser('c1', 'kim'), addUser('c2', 'kim')]) await done(store, change([write]))
      await done(store, change([{ write: 'remove_user', chat_id: 'c2', user_id: 'kim', by: null }]))
      expect((await store.chatsOfUser('kim')).sort()).toEqual(['c1', 'c2'])
      expect(await store.chatsOfUser('nobody')).toEqual([])
    })
  })
}
