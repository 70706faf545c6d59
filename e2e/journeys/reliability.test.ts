/** What may go wrong in mid-conversation, and that nothing is lost, doubled or out of order for it. */
import { expectStored, readThrough, seen } from './people.ts'
import { expect, test } from './test.ts'

const BURST = Array.from({ length: 100 }, (_, at) => `burst ${String(at + 1).padStart(3, '0')}`)
const numbered = /burst \d{3}/

test('a server killed in the middle of a burst of 100 messages and started again', async ({ server, visitor, agent }) => {
  test.setTimeout(120_000)
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Ready')
  await agent.openChat()
  await expect(agent.log).toContainText('Ready')

  for (const [at, text] of BURST.entries()) {
    if (at === 50) await server.kill()
    await visitor.say(text)
    if (at === 75) await server.start()
  }
  for (const log of [agent.log, visitor.log]) {
    await expect(log).toContainText('burst 100', { timeout: 60_000 })
    await expect(log.getByText(/waiting|sending/i)).toHaveCount(0, { timeout: 60_000 })
    expect(await readThrough(log, numbered)).toEqual(BURST)
  }
  await expect(visitor.page.getByText(/not sent/i)).toHaveCount(0)
})

test('both sides typing while the server is killed see one order', async ({ server, visitor, agent }) => {
  test.setTimeout(120_000)
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Ready')
  await agent.openChat()
  for (let round = 1; round <= 20; round++) {
    if (round === 7) await server.kill()
    await visitor.say(`burst 1${String(round).padStart(2, '0')}`)
    await agent.say(`burst 2${String(round).padStart(2, '0')}`)
    if (round === 14) await server.start()
  }
  await expect.poll(async () => (await seen(agent.log, numbered)).length, { timeout: 60_000 }).toBe(40)
  for (const log of [agent.log, visitor.log]) await expectStored(log)
  const order = await seen(agent.log, numbered)
  expect(new Set(order).size).toBe(40)
  for (const side of ['1', '2']) {
    const own = order.filter((text) => text.startsWith(`burst ${side}`))
    expect(own).toEqual([...own].sort())
  }
  await expect.poll(() => seen(visitor.log, numbered)).toEqual(order)
})

test('a customer goes offline, types, and comes back', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Before the tunnel')
  await agent.openChat()
  await expect(agent.log).toContainText('Before the tunnel')

  await visitor.page.context().setOffline(true)
  await visitor.say('burst 001')
  await visitor.say('burst 002')
  await agent.say('Are you still there?')
  await expect(visitor.log).toContainText('burst 002')
  await visitor.page.context().setOffline(false)

  await expect.poll(() => seen(agent.log, numbered), { timeout: 30_000 }).toEqual(['burst 001', 'burst 002'])
  await expect(visitor.log).toContainText('Are you still there?')
})

test('a chat that is closed while the server is away says that it waits, and is closed once', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('That was all')
  await agent.openChat()
  await expect(agent.log).toContainText('That was all')
  await server.kill()
  await agent.page.getByRole('button', { name: 'Close chat' }).click()
  await expect(agent.page.getByRole('button', { name: 'Closing' })).toBeVisible()
  await server.start()
  for (const log of [agent.log, visitor.log]) await expect(log.getByText(/^Chat (closed|ended)$/)).toHaveCount(1, { timeout: 30_000 })
})

test('what was typed offline survives a reload and goes out once', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Before the tunnel')
  await agent.openChat()
  await expect(agent.log).toContainText('Before the tunnel')

  await server.kill()
  await visitor.say('burst 001')
  await expect(visitor.log).toContainText('burst 001')
  const next = await visitor.another()
  await visitor.page.close()
  await server.start()
  await next.visit(server.url)
  await next.reopen()
  await expect.poll(() => seen(agent.log, numbered), { timeout: 30_000 }).toEqual(['burst 001'])
  await expect.poll(() => seen(next.log, numbered)).toEqual(['burst 001'])
})

test('two tabs of one visitor show the same, once', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('burst 001')
  await expectStored(visitor.log)
  const second = await visitor.another()
  await second.visit(server.url)
  await second.reopen()
  await expect.poll(() => seen(second.log, numbered)).toEqual(['burst 001'])
  await second.say('burst 002')
  await agent.openChat()
  await agent.say('burst 003')
  await visitor.say('burst 004')
  const all = ['burst 001', 'burst 002', 'burst 003', 'burst 004']
  for (const log of [visitor.log, second.log, agent.log]) {
    await expect.poll(async () => [...(await seen(log, numbered))].sort()).toEqual(all)
    await expectStored(log)
  }
  const order = await seen(agent.log, numbered)
  for (const log of [visitor.log, second.log]) await expect.poll(() => seen(log, numbered)).toEqual(order)
})

test('a message the server refuses is shown as not sent, can be tried again and put away', async ({ server, visitor }) => {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Hello')
  await expectStored(visitor.log)
  await visitor.say('a zero \u0000 that nothing can store')
  const failed = visitor.log.getByText('Message not sent.')
  await expect(failed).toBeVisible()
  await visitor.log.getByRole('button', { name: 'Retry' }).click()
  await expect(failed).toBeVisible()
  await visitor.page.reload()
  await visitor.reopen()
  await expect(failed).toBeVisible()
  await visitor.log.getByRole('button', { name: 'Discard' }).click()
  await expect(failed).toHaveCount(0)
  await visitor.say('Still here')
  await expect(visitor.log).toContainText('Still here')
})

test('a text that is too long is not sent, and the writer is told', async ({ server, visitor }) => {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.box.fill('ü'.repeat(9_000))
  await expect(visitor.page.getByRole('alert')).toContainText('too long')
  await visitor.box.press('Enter')
  await expect(visitor.box).not.toHaveValue('')
})
