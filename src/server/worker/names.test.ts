/** Hosts that nobody answers for take two threads at most, and each is looked up once for all who ask at the same moment. */
import { expect, test } from 'vitest'
import { turns } from '../../testing/turns.ts'
import { type Found, sparing } from './names.ts'

test('two hosts are looked up at the same time, each once, and the next when one is found or not', async () => {
  const begun: string[] = []
  const ends = new Map<string, (found: readonly Found[] | Error) => void>()
  const resolve = sparing((host) => {
    begun.push(host)
    return new Promise((found, lost) => ends.set(host, (end) => (end instanceof Error ? lost(end) : found(end))))
  })
  const all = ['a', 'a', 'b', 'c', 'c', 'd'].map((host) => resolve(host).catch((error: Error) => error.message))
  await turns()
  expect(begun).toEqual(['a', 'b'])
  ends.get('b')?.(new Error('nobody knows'))
  ends.get('a')?.([{ address: '93.184.216.34', family: 4 }])
  await turns()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  for (const host of ['c', 'd']) ends.get(host)?.([])
  expect(await Promise.all(all)).toEqual([...Array(2).fill([{ address: '93.184.216.34', family: 4 }]), 'nobody knows', [], [], []])
  void resolve('a')
  await turns()
  expect(begun).toHaveLength(5)
})
