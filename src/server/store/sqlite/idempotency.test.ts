/** What is kept of requests: a blank fingerprint compares with nothing, and old keys are swept away. */
import { describe, expect, it } from 'vitest'
import { IDEMPOTENCY_KEY_TTL_S } from '../../../protocol/limits.ts'
import { change, done, message, organization, startChat } from '../contract/ground.contract.ts'
import { openWatched } from './ground.contract.ts'

async function withChat() {
  const watched = openWatched()
  await done(watched.store, change([organization('acme', 1)]))
  await done(watched.store, startChat())
  return watched
}

describe('what is kept of requests', () => {
  it('[IDM2] a fingerprint that was blanked with its text agrees with every content', async () => {
    const { store, db } = await withChat()
    const send = (text: string) =>
      change([message('c', 't', text, { custom_id: 'k', fingerprint: text })], {
        idempotency: [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: text }],
      })
    await done(store, send('hi'))
    expect(await store.commit(send('other'))).toEqual({ ok: false, why: 'mismatch' })
    db.exec("UPDATE events SET text = NULL, fingerprint = '' WHERE custom_id = 'k'")
    expect(await done(store, send('other'))).toMatchObject({ replayed: true, entries: [{ event: { text: null } }] })
  })

  it('[IDM5] keys older than a day are swept away as new ones come', async () => {
    const { store, db } = await withChat()
    const request = (key: string, at: number) =>
      change([message('c', 't', key)], { at, idempotency: [{ by: 'request', principal: 'ann', key, fingerprint: 'f' }] })
    await Promise.all(Array.from({ length: 100 }, (_, at) => store.commit(request(`old${at}`, 1000))))
    const later = 1000 + IDEMPOTENCY_KEY_TTL_S * 1000
    await Promise.all(Array.from({ length: 30 }, (_, at) => store.commit(request(`new${at}`, later))))
    expect(db.prepare('SELECT count(*) AS kept FROM requests').get()).toEqual({ kept: 30 })
  })
})
