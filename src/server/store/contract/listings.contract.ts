/** Listings for back ends: the newest first, onward by a cursor or an offset, with the total where it is wanted. */
import { describe, expect, it } from 'vitest'
import type { CustomerListing, Listed, ListedFrom, OrganizationListing } from '../store.ts'
import {
  change,
  closeThread,
  createChat,
  customerRow,
  done,
  message,
  openThread,
  organization,
  type Place,
  useGround,
} from './ground.contract.ts'

/** The created_at of each, by its id: of one moment the greater id comes first. */
const AGES = { a: 10, b: 20, c: 20, d: 20, e: 30 }
const NEWEST_FIRST = ['e', 'd', 'c', 'b', 'a']
const PLACES = Object.entries(AGES)

type Read = (from: ListedFrom, limit: number, count?: boolean) => Promise<{ ids: string[]; total: number | null }>

export function listingsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const customer = (id: string, created_at: number, more: object = {}) =>
    done(
      ground.store,
      change([{ write: 'insert', table: 'customers', row: customerRow(id, { created_at, external_id: `host-${id}`, ...more }) }]),
    )
  const chat = (chat_id: string, at: number, more: object = {}) => done(ground.store, change([createChat(chat_id, more)], { at }))

  const shown = <T>({ rows, total }: Listed<T>, idOf: (row: T) => string) => ({ ids: rows.map(idOf), total })
  const customers =
    (more: Partial<CustomerListing> = {}): Read =>
    async (from, limit, count = false) =>
      shown(await ground.store.customersPage({ organization_id: 'acme', anonymous: false, from, limit, count, ...more }), ({ id }) => id)
  const chats =
    (more: Partial<OrganizationListing> = {}): Read =>
    async (from, limit, count = false) => {
      const reader = { user_id: 'nobody', view: 'agents' } as const
      const page = await ground.store.organizationChats({
        ...{ organization_id: 'acme', reader, kind: null, active: null, from, limit, count },
        ...more,
      })
      return shown(page, ({ chat: { id } }) => id)
    }

  /** To its end by the cursor, `between` after each part. */
  async function walk(read: Read, ages: Record<string, number>, between: (part: number) => Promise<unknown>): Promise<string[]> {
    const found: string[] = []
    for (let from: ListedFrom = { offset: 0 }, part = 0; ; part++) {
      const { ids } = await read(from, 2)
      found.push(...ids)
      const last = ids.at(-1)
      if (last === undefined) return found
      await between(part)
      from = { created_at: ages[last] ?? 0, id: last }
    }
  }

  describe.each([
    ['customers', customers, customer],
    ['chats of an organization', chats, chat],
  ] as const)('a listing of %s', (_, listing, make) => {
    const fill = async () => {
      for (const [id, at] of PLACES) await make(id, at)
    }

    it('has the newest first, by offset as by cursor', async () => {
      await fill()
      const read = listing()
      expect((await read({ offset: 0 }, 10)).ids).toEqual(NEWEST_FIRST)
      expect((await read({ offset: 2 }, 2)).ids).toEqual(['c', 'b'])
      for (const [at, id] of NEWEST_FIRST.entries()) {
        expect((await read({ created_at: AGES[id as keyof typeof AGES], id }, 10)).ids).toEqual(NEWEST_FIRST.slice(at + 1))
      }
    })

    it('counts when it is asked to, whatever part is read', async () => {
      await fill()
      const read = listing()
      expect([await read({ offset: 4 }, 1, true), await read({ offset: 9 }, 1, true), await read({ offset: 0 }, 1)]).toEqual([
        { ids: ['a'], total: 5 },
        { ids: [], total: 5 },
        { ids: ['e'], total: null },
      ])
    })

    it('neither skips nor repeats by its cursor what stays, while others come and go', async () => {
      await fill()
      const ages: Record<string, number> = { ...AGES, f: 40, bb: 20 }
      const found = await walk(listing(), ages, async (part) => {
        if (part === 0) await make('f', 40)
        if (part === 1) await make('bb', 20)
      })
      expect(found).toEqual(['e', 'd', 'c', 'b', 'a'])
      expect((await listing()({ offset: 0 }, 10)).ids).toEqual(['f', 'e', 'd', 'c', 'bb', 'b', 'a'])
    })

    it('[MEM6] has what is of its organization', async () => {
      await done(ground.store, change([organization('other', 2)]))
      await make('ours', 10)
      await make('theirs', 20, { organization_id: 'other' })
      expect(await listing()({ offset: 0 }, 10, true)).toEqual({ ids: ['ours'], total: 1 })
      expect(await listing({ organization_id: 'other' })({ offset: 0 }, 10, true)).toEqual({ ids: ['theirs'], total: 1 })
    })
  })

  it('customers whom the host does not know are listed when they are asked for, those who were erased never', async () => {
    await customer('known', 10)
    await customer('visitor', 20, { external_id: null })
    await customer('erased', 30, { external_id: null, deleted_at: 40 })
    expect(await customers()({ offset: 0 }, 10, true)).toEqual({ ids: ['known'], total: 1 })
    expect(await customers({ anonymous: true })({ offset: 0 }, 10, true)).toEqual({ ids: ['visitor', 'known'], total: 2 })
  })

  it('chats are listed by their kind, and by whether they are open', async () => {
    const { store } = ground
    await chat('support', 10)
    await chat('group', 20, { kind: 'group' })
    await done(store, change([createChat('open', { kind: 'direct' }), openThread('open', 't'), message('open', 't', 'hi')], { at: 30 }))
    await done(store, change([createChat('closed'), openThread('closed', 'u'), closeThread('closed', 'u')], { at: 40 }))
    const ids = async (more: Partial<OrganizationListing>) => (await chats(more)({ offset: 0 }, 10, true)).ids
    expect(await ids({})).toEqual(['closed', 'open', 'group', 'support'])
    expect([await ids({ kind: 'support' }), await ids({ kind: 'direct' })]).toEqual([['closed', 'support'], ['open']])
    expect([await ids({ active: true }), await ids({ active: false })]).toEqual([['open'], ['closed', 'group', 'support']])
    expect(await ids({ kind: 'support', active: true })).toEqual([])
  })

  it('a user’s chats are listed by kind as well', async () => {
    const { store } = ground
    for (const [at, kind] of (['support', 'group', 'direct'] as const).entries()) await chat(kind, 10 + at, { kind })
    const ids = async (kind: 'group' | null) => {
      const reader = { user_id: 'ann', view: 'agents' } as const
      const listing = { organization_id: 'acme', reader, scope: 'own', kind, active: null, from: { offset: 0 }, limit: 9 } as const
      return (await store.chats(listing)).chats.map(({ chat: { id } }) => id)
    }
    expect([await ids(null), await ids('group')]).toEqual([['direct', 'group', 'support'], ['group']])
  })
}
