/** Several instances in one app, which see one another as tabs do. */
import { describe, expect, it } from 'vitest'
import { exclusively, openChannel } from './instances.ts'

describe('a lock', () => {
  it('is held by one at a time, in order, also after one that failed', async () => {
    const order: string[] = []
    const task =
      (name: string, fails = false) =>
      async () => {
        order.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 1))
        order.push(`${name} ends`)
        if (fails) throw new Error(name)
        return name
      }
    const held = [exclusively('send', task('one', true)), exclusively('send', task('two')), exclusively('read', task('other'))]
    expect((await Promise.allSettled(held)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(order.filter((said) => !said.startsWith('other'))).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
    expect(order.indexOf('other begins')).toBeLessThan(order.indexOf('one ends'))
  })
})

describe('a channel', () => {
  it('is heard by the others of its name, after the one who posts has gone on, until they close it', async () => {
    const heard: unknown[] = []
    const one = openChannel('tabs', (message) => heard.push(['one', message]))
    const two = openChannel('tabs', (message) => heard.push(['two', message]))
    openChannel('elsewhere', (message) => heard.push(['elsewhere', message]))
    one.post('a')
    expect(heard).toEqual([])
    await Promise.resolve()
    two.post('b')
    two.close()
    one.post('c')
    two.post('d')
    await Promise.resolve()
    expect(heard).toEqual([
      ['two', 'a'],
      ['one', 'b'],
    ])
  })
})
