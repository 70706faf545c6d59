/** Proves what customers may say of themselves, and what of it is shown to whom. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_SESSION_FIELDS } from '../../protocol/limits.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
})
afterEach(() => org.close())

const fieldsOf = async (who: Principal) => (await org.act(who, 'get_customer', { id: 'ann' })).customer.session_fields
const update = (session_fields: Record<string, string>[]) => org.act(ann, 'update_customer', { session_fields })
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => ({ [`${prefix}${at}`]: 'x' }))

describe('session fields', () => {
  it('[CUS1] are merged by key, each in the place that it has', async () => {
    await update([{ plan: 'free' }, { basket: '1' }])
    const { customer } = await update([{ basket: '2' }, { coupon: 'SPRING' }])
    expect(customer.session_fields).toEqual([{ plan: 'free' }, { basket: '2' }, { coupon: 'SPRING' }])
    expect(await fieldsOf(robin)).toEqual(customer.session_fields)
  })

  it('[CUS1] are merged at the same time without a loss', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((key) => update([{ [key]: key }])))
    expect((await fieldsOf(ann)).flatMap(Object.keys).sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('[CUS1] are set anew as a whole', async () => {
    await update([{ plan: 'free' }])
    const { customer, user_seq } = await org.act(ann, 'set_customer_session_fields', { session_fields: [{ basket: '1' }] })
    expect(customer).toMatchObject({ name: 'ann', session_fields: [{ basket: '1' }] })
    expect(user_seq).toBe(2)
    await org.act(ann, 'set_customer_session_fields', { session_fields: [] })
    expect(await fieldsOf(robin)).toEqual([])
  })

  it('[CUS1] are 100 at most', async () => {
    await update(many(MAX_SESSION_FIELDS, 'a'))
    expect(await refusal(update([{ more: 'x' }]))).toBe('validation')
    await update([{ a7: 'y' }])
    expect(await fieldsOf(ann)).toHaveLength(MAX_SESSION_FIELDS)
  })
})

describe('the page', () => {
  it('[CUS2] is shown to agents only, and is no news of the profile', async () => {
    const page = { url: 'https://shop.test/basket', title: 'Basket' }
    expect(await org.act(ann, 'update_customer_page', page)).toEqual({})
    expect((await org.act(robin, 'get_customer', { id: 'ann' })).customer).toMatchObject({ page })
    expect((await org.act(ann, 'get_customer', {})).customer).not.toHaveProperty('page')
    expect(await org.store.userHead('ann')).toBe(0)
  })

  it('is for customers to tell', async () => {
    expect(await refusal(org.act(robin, 'update_customer_page', { url: 'https://x.test/' }))).toBe('not_found')
  })
})
