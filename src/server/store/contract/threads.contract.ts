/** Threads, and pages of events among them. */
import { describe, expect, it } from 'vitest'
import type { Write } from '../change.ts'
import {
  addUser,
  change,
  closeThread,
  createChat,
  done,
  message,
  note,
  openThread,
  type Place,
  page,
  play,
  startChat,
  texts,
  useGround,
} from './ground.contract.ts'

const WHOLE = { from: 1, to: null }

export function threadsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const thread = (id: string, words: readonly string[]): Write[] => [
    openThread('c', id),
    ...words.map((text) => (text.startsWith('n') ? note('c', id, text) : message('c', id, text))),
    closeThread('c', id),
  ]

  describe('threads', () => {
    it('[LOG10] form a chain, each with its counts and those who took part', async () => {
      const { store } = ground
      await done(store, change([createChat('c')]))
      await play(store, [...thread('t1', ['a', 'n', 'b']), openThread('c', 't2', null)])
      await play(store, [addUser('c', 'robin'), note('c', 't2', 'n', 'kim'), message('c', 't2', 'x', { author_id: null })])
      const { threads, total } = await store.threadPage('c', WHOLE, { offset: 0, limit: 10 }, false)
      expect(total).toBe(2)
      expect(threads[0]).toEqual({
        ...{ id: 't1', chat_id: 'c', order: 1, active: false, created_at: 1000, closed_at: 1004, user_ids: ['ann'], properties: {} },
        ...{ rating: null, events_public: 2, events_agents: 1, previous_thread_id: null, next_thread_id: 't2' },
      })
      expect(threads[1]).toMatchObject({ id: 't2', order: 2, active: true, closed_at: null, user_ids: ['robin'], events_public: 1 })
      expect(await store.threads('c', WHOLE, ['t2', 'nope', 't1'])).toEqual(threads)
      expect(await store.threads('other', WHOLE, ['t1'])).toEqual([])
    })

    it('are paged from either end', async () => {
      const { store } = ground
      await done(store, change([createChat('c')]))
      for (const id of ['t1', 't2', 't3', 't4', 't5']) await done(store, change(thread(id, [id])))
      const ids = async (offset: number, newestFirst: boolean) =>
        (await store.threadPage('c', WHOLE, { offset, limit: 2 }, newestFirst)).threads.map(({ id }) => id)
      expect(await ids(0, true)).toEqual(['t5', 't4'])
      expect(await ids(4, true)).toEqual(['t1'])
      expect(await ids(2, false)).toEqual(['t3', 't4'])
      expect(await store.threadPage('nope', WHOLE, { offset: 0, limit: 2 }, true)).toEqual({ threads: [], total: 0 })
    })
  })

  describe('threads of a part of the log', () => {
    it('[MEM4] [MEM5] are those that reach into it, by page and by id', async () => {
      const { store } = ground
      await done(store, change([createChat('c')]))
      // Each takes three entries: 1 to 3, 4 to 6, 7 to 9.
      for (const id of ['t1', 't2', 't3']) await done(store, change(thread(id, [id])))
      const within = async (from: number, to: number | null) => {
        const { threads, total } = await store.threadPage('c', { from, to }, { offset: 0, limit: 10 }, false)
        const named = await store.threads('c', { from, to }, ['t1', 't2', 't3'])
        expect([total, named]).toEqual([threads.length, threads])
        return threads.map(({ id }) => id)
      }
      expect(await within(1, 9)).toEqual(['t1', 't2', 't3'])
      expect(await within(4, null)).toEqual(['t2', 't3'])
      expect(await within(3, 4)).toEqual(['t1', 't2'])
      expect(await within(5, 6)).toEqual(['t2'])
      expect(await within(1, 0)).toEqual([])
      const { threads, total } = await store.threadPage('c', { from: 1, to: 6 }, { offset: 1, limit: 1 }, true)
      expect([threads.map(({ id }) => id), total]).toEqual([['t1'], 2])
    })
  })

  describe('pages of events', () => {
    it('are cut at either side, and say whether more lies there', async () => {
      const { store } = ground
      await done(store, change([createChat('c'), ...thread('t1', ['a', 'b', 'c', 'd', 'e'])]))
      const read = async (more: object) => {
        const { events, more: beyond } = await store.events(page('c', { limit: 2, ...more }))
        return [texts(events).join(''), beyond]
      }
      expect(await read({})).toEqual(['de', true])
      expect(await read({ before: 5 })).toEqual(['bc', true])
      expect(await read({ before: 3 })).toEqual(['a', false])
      expect(await read({ after: 0 })).toEqual(['ab', true])
      expect(await read({ after: 4 })).toEqual(['de', false])
      expect(await read({ after: 2, before: 4 })).toEqual(['b', false])
      expect(await read({ limit: 5 })).toEqual(['abcde', false])
    })

    it('[MEM4] hold nothing outside the reader’s stay', async () => {
      const { store } = ground
      await done(store, change([createChat('c'), ...thread('t1', ['a', 'b', 'c', 'd', 'e'])]))
      const read = async (more: object) => texts((await store.events(page('c', more))).events).join('')
      expect(await read({ from: 3, to: 5 })).toBe('bcd')
      expect(await read({ from: 3, to: 5, before: 100 })).toBe('bcd')
      expect(await read({ from: 3, to: 5, after: 0 })).toBe('bcd')
      expect(await read({ from: 4 })).toBe('cde')
    })

    it('[LOG8] count in the reader’s sequence, and hold no notes for customers', async () => {
      const { store } = ground
      await done(store, change([createChat('c'), ...thread('t1', ['n1', 'a', 'n2', 'n3', 'b', 'c']), ...thread('t2', ['n4', 'd', 'n5'])]))
      const read = async (more: object) => texts((await store.events(page('c', { view: 'public', ...more }))).events).join('')
      expect(await read({})).toBe('abcd')
      // a is 2, b 3, c 4; 5 and 6 close and open; d is 7.
      expect(await read({ after: 2 })).toBe('bcd')
      expect(await read({ before: 4 })).toBe('ab')
      expect(await read({ from: 3, to: 4 })).toBe('bc')
      expect(await read({ after: 4, limit: 1 })).toBe('d')
      expect(await read({ after: 99 })).toBe('')
      expect(await read({ thread_id: 't1', limit: 2 })).toBe('bc')
      expect(await read({ thread_id: 't2' })).toBe('d')
      expect(await store.agentsSeq('c', 0)).toBe(0)
      expect(await Promise.all([1, 2, 3, 4, 5, 6, 7].map((seq) => store.agentsSeq('c', seq)))).toEqual([1, 3, 6, 7, 8, 9, 11])
    })

    it('can be of one thread', async () => {
      const { store } = ground
      await done(store, change([createChat('c'), ...thread('t1', ['a', 'b']), ...thread('t2', ['c', 'd', 'e'])]))
      const read = async (more: object) => {
        const { events, more: beyond } = await store.events(page('c', more))
        return [texts(events).join(''), beyond]
      }
      expect(await read({ thread_id: 't1' })).toEqual(['ab', false])
      expect(await read({ thread_id: 't2', limit: 2 })).toEqual(['de', true])
      expect(await read({ thread_id: 't2', after: 0, limit: 2 })).toEqual(['cd', true])
      expect(await read({ thread_id: 'nope' })).toEqual(['', false])
    })

    it('walk a long chat from its end to its beginning, losing and repeating nothing', async () => {
      const { store } = ground
      await done(store, startChat())
      const many = Array.from({ length: 10_000 }, (_, at) => (at % 7 === 0 ? note('c', 't', `${at}`) : message('c', 't', `${at}`)))
      await Promise.all(many.map((write) => store.commit(change([write]))))
      for (const view of ['agents', 'public'] as const) {
        const read: string[] = []
        let before: number | null = null
        for (let more = true; more; ) {
          const found = await store.events(page('c', { view, before, limit: 100 }))
          read.unshift(...found.events.map((event) => event.text ?? ''))
          before = (view === 'agents' ? found.events[0]?.seq_agents : found.events[0]?.seq_public) ?? null
          more = found.more
        }
        const shown = many.flatMap((_, at) => (view === 'public' && at % 7 === 0 ? [] : [`${at}`]))
        expect(read).toEqual(['hello', ...shown])
      }
    })

    it('[SEE2] the last event at a time is the last within that millisecond', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([message('c', 't', 'a'), message('c', 't', 'b')], { at: 2000 }))
      await done(store, change([note('c', 't', 'n'), closeThread('c', 't')], { at: 3000 }))
      const at = async (time: number, view: 'agents' | 'public' = 'agents') => (await store.eventAt('c', view, time))?.text
      expect(await at(999)).toBeUndefined()
      expect(await at(1000)).toBe('hello')
      expect(await at(1999)).toBe('hello')
      expect(await at(2000)).toBe('b')
      expect(await at(9999)).toBe('n')
      expect(await at(9999, 'public')).toBe('b')
      expect(await store.eventAt('nope', 'agents', 1)).toBeNull()
    })
  })
}
