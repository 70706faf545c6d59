/** Proves what is kept of what customers do on the site, and who sees it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CUSTOMER_ACTIONS } from '../../protocol/actions.ts'
import { MAX_TRACKED_CHARS, MAX_TRACKED_FIELDS } from '../../protocol/limits.ts'
import { firstProblem } from '../../protocol/validate.ts'
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

const did = async () => (await org.act(robin, 'list_customer_activity', { id: 'ann' })).activity
const see = (url: string, title?: string) => org.act(ann, 'update_customer_page', { url, ...(title && { title }) })

describe('what a customer did', () => {
  it('[CUS3] is the pages they saw and what the site tracked, the newest first', async () => {
    await see('https://shop.test/pricing', 'Pricing')
    await org.clock.advance(1000)
    expect(await org.act(ann, 'track_event', { name: 'added_to_cart', data: { sku: 12, gift: true } })).toEqual({})
    await org.clock.advance(1000)
    await org.act(ann, 'track_event', { name: 'checkout' })
    expect(await did()).toMatchObject([
      { type: 'event', name: 'checkout' },
      { type: 'event', name: 'added_to_cart', data: { sku: 12, gift: true } },
      { type: 'page', url: 'https://shop.test/pricing', title: 'Pricing' },
    ])
  })

  it('[CUS3] has a page once whose title comes late, and twice when they come back to it', async () => {
    await see('https://shop.test/a')
    await see('https://shop.test/a', 'A')
    await see('https://shop.test/b', 'B')
    await org.clock.advance(1000)
    await see('https://shop.test/a', 'A')
    expect((await did()).map((one) => one.type === 'page' && one.title)).toEqual(['A', 'B', 'A'])
  })

  it('[CUS3] [MEM6] is for agents of the organization only', async () => {
    await org.act(ann, 'track_event', { name: 'x' })
    const stranger = await org.agent('stranger', 'other')
    expect(await refusal(org.act(stranger, 'list_customer_activity', { id: 'ann' }))).toBe('not_found')
    expect(await refusal(org.act(robin, 'list_customer_activity', { id: 'nobody' }))).toBe('not_found')
    expect(await refusal(org.act(robin, 'track_event', { name: 'x' }))).toBe('not_found')
    expect(JSON.stringify(await org.act(ann, 'get_customer', {}))).not.toContain('activity')
  })

  it('[CUS4] has a name and few flat data', () => {
    const problem = (request: object) => firstProblem(CUSTOMER_ACTIONS.track_event.request, request)?.path
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]))
    expect(
      problem({ name: 'x'.repeat(64), data: { ...many(MAX_TRACKED_FIELDS - 1), text: 'x'.repeat(MAX_TRACKED_CHARS) } }),
    ).toBeUndefined()
    expect(problem({ name: '' })).toBe('name')
    expect(problem({ name: 'x'.repeat(65) })).toBe('name')
    expect(problem({ name: 'x', data: many(MAX_TRACKED_FIELDS + 1) })).toBe('data')
    expect(problem({ name: 'x', data: { text: 'x'.repeat(MAX_TRACKED_CHARS + 1) } })).toBe('data.text')
    for (const value of [null, [1], { deep: 1 }]) expect(problem({ name: 'x', data: { value } })).toBe('data.value')
  })
})
