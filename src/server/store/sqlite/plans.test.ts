/** Every question is answered along an index: no prepared statement reads a table from end to end. */
import { describe, expect, it } from 'vitest'
import { change, done, organization } from '../contract/ground.contract.ts'
import { openWatched } from './ground.contract.ts'

/** Short lists that are wanted whole, and what walks a list of values that was given. */
const WHOLE = [
  /FROM organizations ORDER BY license/,
  /INDEXED BY originals_of_chat/,
  /FROM webhooks WHERE disabled_at IS NULL/,
  /SELECT 1 FROM webhook_cursors LIMIT/,
]
const GIVEN = /^SCAN json_each/
/** Sorted after reading: a handful of one organization's, or one user's own chats. */
const SORTED = [/FROM agents WHERE organization_id = \? ORDER BY/, /FROM stays WHERE chat_id = \? ORDER BY/, /FROM stays CROSS JOIN chats/]
const SORTED_BY_ID = /FROM threads WHERE id IN/

const isOneOf = (sql: string, known: readonly RegExp[]): boolean => known.some((pattern) => pattern.test(sql))

describe('query plans', () => {
  it('scan no table, and sort only what is short', async () => {
    const { store, db, prepared } = openWatched()
    await done(store, change([organization('acme', 1)]))
    await done(store, change([{ write: 'update', table: 'agents', key: { id: 'a' }, set: { name: 'b' } }]))
    await done(store, change([{ write: 'delete', table: 'refresh_tokens', key: { customer_id: 'a', client_id: 'b' } }]))
    const asked = [...new Set(prepared)].filter((sql) => /^\s*(SELECT|UPDATE|DELETE|INSERT)/.test(sql))
    expect(asked.length).toBeGreaterThan(40)
    for (const sql of asked) {
      const plan = db.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(sql.split('?').length - 1).fill(null))
      const steps = plan.map(({ detail }) => detail)
      const scans = steps.filter((step) => step.startsWith('SCAN') && !GIVEN.test(step) && !/^SCAN \(?subquery/i.test(step))
      if (!isOneOf(sql, WHOLE)) expect({ sql, scans }).toEqual({ sql, scans: [] })
      const sorts = steps.filter((step) => step.includes('TEMP B-TREE'))
      if (!isOneOf(sql, [...SORTED, SORTED_BY_ID, ...WHOLE])) expect({ sql, sorts }).toEqual({ sql, sorts: [] })
    }
  })

  it('[SEE7] count what is unread along the chats of one user, and in each from the mark on', () => {
    const { db, prepared } = openWatched()
    const sql = prepared.find((one) => one.includes('CROSS JOIN entries'))
    const steps = db.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(null, null)
    expect(steps.map(({ detail }) => detail).filter((step) => step.startsWith('SEARCH'))).toEqual([
      'SEARCH stays USING INDEX present_stays (user_id=?)',
      'SEARCH chats USING INDEX sqlite_autoindex_chats_1 (id=?)',
      'SEARCH entries USING PRIMARY KEY (chat_id=? AND seq_agents>?)',
    ])
  })

  it.each(['active', 'closed'])('walk the listing of %s support chats along an index of its own, in its order', (name) => {
    const { db, prepared } = openWatched()
    const thread = name === 'active' ? 'IS NOT NULL' : 'IS NULL'
    const sql = prepared.find((one) => one.includes('AS at FROM chats') && one.includes(`active_thread_id ${thread}`))
    const [step, ...more] = db.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(null, null, null, null)
    expect(step?.detail).toContain(`SEARCH chats USING INDEX ${name}_support_chats (organization_id=? AND (activity_agents_at,id)<(?,?))`)
    expect(more).toEqual([])
  })
})
