/** A device's tabs share what is stored and nothing else, and a killed tab leaves nothing running. */
import { expect, test } from 'vitest'
import { createClock } from './clock.ts'
import { Device } from './environment.ts'
import { Network } from './network.ts'
import { createRandom } from './random.ts'
import { turns } from './turns.ts'

function createDevice() {
  const clock = createClock()
  return { clock, device: new Device({ network: new Network(clock), clock, random: createRandom(1) }) }
}

test('storage survives a killed tab, and what is set is on its way, and an update that had not begun does not happen', async () => {
  const { device } = createDevice()
  const first = device.open()
  await first.environment.storage.set('kept', { a: [1] })
  void first.environment.storage.set('on its way', true)
  void first.environment.storage.update('lost', () => true)
  first.kill()
  await turns()
  const second = device.open()
  expect(await second.environment.storage.get('kept')).toEqual({ a: [1] })
  expect(await second.environment.storage.get('on its way')).toBe(true)
  expect(await second.environment.storage.get('lost')).toBeUndefined()
})

test('updates of two tabs do not overwrite each other', async () => {
  const { device } = createDevice()
  const tabs = [device.open(), device.open()]
  await Promise.all(tabs.map((tab) => tab.environment.storage.update<number>('count', (old) => (old ?? 0) + 1)))
  expect(device.cupboard.peek('count')).toBe(2)
})

test('a name is held by one tab at a time, and a killed holder frees it', async () => {
  const { device } = createDevice()
  const [first, second] = [device.open(), device.open()]
  const ran: string[] = []
  void first.environment.exclusively('outbox', () => {
    ran.push('first')
    return new Promise(() => {})
  })
  const done = second.environment.exclusively('outbox', async () => ran.push('second'))
  await turns()
  expect(ran).toEqual(['first'])
  first.kill()
  expect(await done).toBe(2)
})

test('tabs hear one another but not themselves, and a dead one hears and does nothing', async () => {
  const { clock, device } = createDevice()
  const [first, second] = [device.open(), device.open()]
  const heard: string[] = []
  const channel = first.environment.openChannel('news', (message) => heard.push(`first ${message}`))
  second.environment.openChannel('news', (message) => heard.push(`second ${message}`))
  second.environment.clock.after(10, () => heard.push('timer of the dead'))
  channel.post('one')
  await turns()
  second.kill()
  channel.post('two')
  await clock.advance(10)
  expect(heard).toEqual(['second one'])
})

test('a socket opened offline closes, and requests reject', async () => {
  const { device } = createDevice()
  const tab = device.open()
  device.goOffline()
  const closed = new Promise((resolve) => {
    tab.environment.openLink('ws://chat.test/v1/customer/rtm', { open() {}, frame() {}, closed: resolve })
  })
  expect(await closed).toBe(1006)
  await expect(tab.environment.fetch({ method: 'GET', url: 'http://chat.test/' })).rejects.toThrow('offline')
})
