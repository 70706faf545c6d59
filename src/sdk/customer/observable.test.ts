/** All that is told, taken in by every RxJS that people have. */
import { from as from7 } from 'rxjs7'
import { map as map7 } from 'rxjs7/operators'
import { from as from8, map as map8 } from 'rxjs8'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { openShop, type Shop, type Visit } from '../../testing/shop.ts'
import type { EventName, Events } from './types.ts'

type Item = [EventName, Events[EventName]]
/** What RxJS 9 makes global where the platform has none. Its own types would make it so for every file. */
type Platform = new (
  produce: (subscriber: { next(item: Item): void; addTeardown(end: () => void): void }) => void,
) => { subscribe(next: (item: Item) => void, options: { signal: AbortSignal }): void }

let shop: Shop

beforeEach(async () => {
  shop = await openShop('observable')
})
afterEach(() => shop.close())
// What RxJS 5 defined, others in this process need not see.
afterAll(() => void Reflect.deleteProperty(Symbol, 'observable'))

/** Starts a chat, sees it told once, ends the subscription, and sees nothing more. */
async function expectHeard({ sdk, told }: Visit, heard: unknown[], end: () => void) {
  const before = told.all.length
  const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'Hi!' }] })
  const agent = await shop.agent()
  await shop.say(agent, id, 'Hello')
  await shop.settle()
  const since = told.all.slice(before)
  expect(since.map(([name]) => name)).toContain('new_event')
  expect(heard).toEqual(since)
  end()
  await shop.say(agent, id, 'Anything else?')
  await shop.settle()
  expect(told.all.length).toBeGreaterThan(since.length + before)
  expect(heard).toEqual(since)
}

test('nothing defines Symbol.observable: not RxJS 7 and later, not the SDK', async () => {
  await shop.visit()
  expect('observable' in Symbol).toBe(false)
})

test('RxJS 7', async () => {
  const visit = await shop.visit()
  const heard: unknown[] = []
  const subscription = from7(visit.sdk)
    .pipe(map7((item) => item))
    .subscribe((item) => heard.push(item))
  await expectHeard(visit, heard, () => subscription.unsubscribe())
})

test('RxJS 8', async () => {
  const visit = await shop.visit()
  const heard: unknown[] = []
  const subscription = from8(visit.sdk as never)
    .pipe(map8((item) => item))
    .subscribe((item) => heard.push(item))
  await expectHeard(visit, heard, () => subscription.unsubscribe())
})

test('RxJS 9, which takes in no interop point, through the platform’s Observable', async () => {
  const name: string = 'rxjs9'
  await import(name)
  const Observable = Reflect.get(globalThis, 'Observable') as Platform
  const visit = await shop.visit()
  const heard: unknown[] = []
  const stop = new AbortController()
  const events = new Observable((subscriber) => subscriber.addTeardown(visit.sdk['@@observable']().subscribe(subscriber)))
  events.subscribe((item) => heard.push(item), { signal: stop.signal })
  await expectHeard(visit, heard, () => stop.abort())
})

test('RxJS 5, whose Symbol.observable is there when init runs', async () => {
  const { default: Rx } = await import('rxjs5')
  expect('observable' in Symbol).toBe(true)
  const visit = await shop.visit()
  const heard: unknown[] = []
  const subscription = Rx.Observable.from<Item>(visit.sdk as never).subscribe(([eventName, eventData]) => {
    heard.push([eventName, eventData])
  })
  await expectHeard(visit, heard, () => subscription.unsubscribe())
  // Who asks by name is still answered.
  const stream = visit.sdk['@@observable']()
  expect(Reflect.get(stream, '@@observable')()).toBe(stream)
})
