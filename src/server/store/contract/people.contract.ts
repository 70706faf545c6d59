/** Rows without a log: organizations, front ends, agents, customers, and their credentials. */
import { describe, expect, it } from 'vitest'
import type { AgentRow, ClientRow, CustomerRow, KeyRow, OrganizationRow } from '../account-rows.ts'
import type { PlainWrite } from '../change.ts'
import { agentRow, change, customerRow, done, organization, type Place, useGround } from './ground.contract.ts'

const agent = (id: string): AgentRow => agentRow(id, { password_hash: 'scrypt…' })

const customer = (id: string): CustomerRow =>
  customerRow(id, {
    session_fields: [{ plan: 'pro' }],
    page: { url: 'https://acme.test/', title: 'Acme' },
    referrer: 'https://search.test/',
    visitor_key_hash: `${id}-key`,
    external_id: `${id}-external`,
  })

const client: ClientRow = {
  ...{ id: 'web', organization_id: 'acme', name: 'Shop', kind: 'web', origins: ['https://acme.test'] },
  ...{ redirect_uris: [], created_at: 5 },
}

export function peopleContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const write = (...writes: PlainWrite[]) => done(ground.store, change(writes))

  describe('rows without a log', () => {
    it('are found by what names them, in their organization', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2)]))
      await write(
        { write: 'insert', table: 'clients', row: client },
        { write: 'insert', table: 'clients', row: { ...client, organization_id: 'other', name: 'Other' } },
        { write: 'insert', table: 'agents', row: agent('robin') },
        { write: 'insert', table: 'customers', row: customer('ann') },
      )
      expect((await store.organizations()).map(({ id }) => id)).toEqual(['acme', 'other'])
      expect(await store.organization('acme')).toEqual({ id: 'acme', license: 1, name: 'acme', policies: {}, created_at: 1 })
      expect(await store.organizationByLicense(2)).toMatchObject({ id: 'other' })
      expect(await store.client('acme', 'web')).toEqual(client)
      expect(await store.clients('other')).toMatchObject([{ name: 'Other' }])
      expect(await store.agent('acme', 'robin')).toEqual(agent('robin'))
      expect(await store.agent('other', 'robin')).toBeNull()
      expect(await store.agentByEmail('robin@acme.test')).toEqual(agent('robin'))
      expect(await store.agents('acme')).toEqual([agent('robin')])
      expect(await store.customer('acme', 'ann')).toEqual(customer('ann'))
      expect(await store.customer('other', 'ann')).toBeNull()
      expect(await store.customerByVisitorKey('acme', 'ann-key')).toEqual(customer('ann'))
      expect(await store.customerByVisitorKey('other', 'ann-key')).toBeNull()
      expect(await store.customerByExternalId('acme', 'ann-external')).toEqual(customer('ann'))
      expect(await store.customerByExternalId('other', 'ann-external')).toBeNull()
      expect(await store.users('acme', ['ann', 'robin', 'nobody'])).toEqual({ customers: [customer('ann')], agents: [agent('robin')] })
      expect(await store.users('other', ['ann', 'robin'])).toEqual({ customers: [], agents: [] })
    })

    it('[EDT5] of organizations have what each decides for itself, all of which is said anew each time', async () => {
      const policies = { agents_edit: 'all', customer_chats: 'none' } as const
      await write({ write: 'insert', table: 'organizations', row: { id: 'strict', license: 2, name: 'Strict', policies, created_at: 1 } })
      const decide = (set: OrganizationRow['policies']) =>
        write({ write: 'update', table: 'organizations', key: { id: 'acme' }, set: { policies: set } })
      await decide({ originals: 'shown', agents_delete: 'all' })
      await decide({ originals: 'hidden' })
      const all = async () => (await ground.store.organizations()).map((row) => row.policies)
      const both = [{ originals: 'hidden' }, policies]
      expect(await all()).toEqual(both)
      await ground.reopen()
      expect(await all()).toEqual(both)
      expect((await ground.store.organization('strict'))?.policies).toEqual(policies)
      expect((await ground.store.organizationByLicense(1))?.policies).toEqual({ originals: 'hidden' })
    })

    it('are altered field by field, JSON among them, and deleted', async () => {
      const { store } = ground
      await write({ write: 'insert', table: 'customers', row: customer('ann') })
      await write({ write: 'update', table: 'customers', key: { id: 'ann' }, set: { name: 'Ann', session_fields: [], page: null } })
      expect(await store.customer('acme', 'ann')).toEqual({ ...customer('ann'), name: 'Ann', session_fields: [], page: null })
      await write({ write: 'update', table: 'customers', key: { id: 'ann' }, set: {} })
      const token = { hash: 'h', organization_id: 'acme', customer_id: 'ann', client_id: 'web', created_at: 1, expires_at: 2 }
      await write({ write: 'insert', table: 'refresh_tokens', row: token })
      expect(await store.refreshToken('h')).toEqual(token)
      await write({ write: 'delete', table: 'refresh_tokens', key: { hash: 'h' } })
      expect(await store.refreshToken('h')).toBeNull()
    })

    it('conflict where a key is taken', async () => {
      const { store } = ground
      await write({ write: 'insert', table: 'agents', row: agent('robin') }, { write: 'insert', table: 'customers', row: customer('ann') })
      const taken: PlainWrite[] = [
        { write: 'insert', table: 'organizations', row: { id: 'new', license: 1, name: 'same license', policies: {}, created_at: 1 } },
        { write: 'insert', table: 'agents', row: { ...agent('kim'), email: 'robin@acme.test' } },
        { write: 'insert', table: 'customers', row: { ...customer('ben'), visitor_key_hash: 'ann-key' } },
        { write: 'insert', table: 'customers', row: { ...customer('ben'), external_id: 'ann-external' } },
      ]
      for (const one of taken) expect(await store.commit(change([one]))).toEqual({ ok: false, why: 'conflict' })
    })

    it('that are used up are used once', async () => {
      const { store } = ground
      await write({ write: 'insert', table: 'agents', row: agent('robin') })
      const link = { hash: 'l', organization_id: 'acme', agent_id: 'robin', expires_at: 9 }
      await write({ write: 'insert', table: 'sign_in_links', row: link })
      expect(await store.signInLink('l')).toEqual(link)
      const session = (hash: string) => ({ hash, organization_id: 'acme', agent_id: 'robin', created_at: 1, expires_at: 2 })
      const use = (hash: string) =>
        store.commit(
          change(
            [
              { write: 'delete', table: 'sign_in_links', key: { hash: 'l' } },
              { write: 'insert', table: 'agent_sessions', row: session(hash) },
            ],
            { expect: [{ holds: 'exists', table: 'sign_in_links', hash: 'l' }] },
          ),
        )
      expect(await Promise.all([use('s1'), use('s2')])).toMatchObject([{ ok: true }, { ok: false, why: 'stale' }])
      expect(await store.agentSession('s1')).toEqual(session('s1'))
      expect(await store.agentSession('s2')).toBeNull()
    })

    it('are used up by the one change that finds them: a token that was shown, a key by which somebody is still known', async () => {
      const { store } = ground
      await write({ write: 'insert', table: 'customers', row: customer('ann') })
      const token = { hash: 'h', organization_id: 'acme', customer_id: 'ann', client_id: 'web', created_at: 1, expires_at: 2 }
      await write({ write: 'insert', table: 'refresh_tokens', row: token })
      const use = () =>
        store.commit(
          change(
            [
              { write: 'delete', table: 'refresh_tokens', key: { customer_id: 'ann' } },
              { write: 'update', table: 'customers', key: { id: 'ann' }, set: { visitor_key_hash: null } },
            ],
            { expect: [{ holds: 'exists', table: 'refresh_tokens', hash: 'h' }] },
          ),
        )
      const known = () => store.commit(change([], { expect: [{ holds: 'visitor_key', organization_id: 'acme', hash: 'ann-key' }] }))
      expect(await Promise.all([known(), use(), use(), known()])).toMatchObject([
        { ok: true },
        { ok: true },
        { ok: false, why: 'stale' },
        { ok: false, why: 'stale' },
      ])
    })

    it('hold the secrets of each organization, oldest first', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2)]))
      const key = (id: string, organization_id = 'acme', created_at = 5): KeyRow => ({
        ...{ id, organization_id, scopes: ['identity'], secret: `secret of ${id}`, created_at },
      })
      await write(
        { write: 'insert', table: 'keys', row: key('new', 'acme', 6) },
        { write: 'insert', table: 'keys', row: key('old') },
        { write: 'insert', table: 'keys', row: key('theirs', 'other') },
      )
      expect(await store.keys('acme')).toEqual([key('old'), key('new', 'acme', 6)])
      await write({ write: 'delete', table: 'keys', key: { organization_id: 'acme', id: 'old' } })
      expect(await store.keys('acme')).toEqual([key('new', 'acme', 6)])
      expect(await store.keys('other')).toEqual([key('theirs', 'other')])
    })

    it('refuse a key that names nothing, and fields that there are not', async () => {
      const { store } = ground
      const everyone = store.commit(change([{ write: 'delete', table: 'customers', key: {} }]))
      await expect(everyone).rejects.toThrow('key')
      const set = JSON.parse('{"name = 1 --": 1}')
      await expect(store.commit(change([{ write: 'update', table: 'agents', key: { id: 'robin' }, set }]))).rejects.toThrow('column')
    })
    it('[CUS1] of session fields are altered only where they are as they were seen', async () => {
      const { store } = ground
      await write({ write: 'insert', table: 'customers', row: customer('ann') })
      const set = (seen: CustomerRow['session_fields']) =>
        store.commit(
          change([{ write: 'update', table: 'customers', key: { id: 'ann' }, set: { session_fields: [{ plan: 'free' }] } }], {
            expect: [{ holds: 'user', organization_id: 'acme', user_id: 'ann', as: { session_fields: seen } }],
          }),
        )
      expect(await set([])).toEqual({ ok: false, why: 'stale' })
      expect(await set([{ plan: 'pro' }])).toMatchObject({ ok: true })
      expect(await set([{ plan: 'pro' }])).toEqual({ ok: false, why: 'stale' })
    })
  })
}
