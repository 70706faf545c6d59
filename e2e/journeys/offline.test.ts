/** Two minutes without a network, as a tunnel brings them: what was written goes out once and in order, what was missed comes in. */
import { readThrough } from './people.ts'
import { expect, test } from './test.ts'

const numbered = /(?:mine|theirs) \d{2}/
const named = (side: string, count: number) => Array.from({ length: count }, (_, at) => `${side} ${String(at + 1).padStart(2, '0')}`)
const MINE = named('mine', 10)
const THEIRS = named('theirs', 3)
/** Ten of them are two minutes. */
const BETWEEN_MS = 12_000

for (const face of ['visitor', 'customer'] as const) {
  test(`ten messages, written in two minutes offline ${face === 'visitor' ? 'in the widget' : 'on the SDK page'}`, async ({
    server,
    agent,
    visitor,
    customer,
  }) => {
    test.setTimeout(120_000)
    const traveller = { visitor, customer }[face]
    const { page, log } = traveller
    const now = () => page.evaluate(() => Date.now())
    await page.clock.install()
    await traveller.visit(server.url)
    await traveller.openChat()
    await traveller.say('Going into the tunnel')
    await agent.signIn(server.url)
    await agent.openChat()
    await expect(agent.log).toContainText('Going into the tunnel')

    await page.context().setOffline(true)
    const left = await now()
    const theirs = THEIRS.values()
    for (const [at, text] of MINE.entries()) {
      await traveller.say(text)
      if (at % 4 === 1) await agent.say(theirs.next().value as string)
      await page.clock.runFor(BETWEEN_MS)
    }
    expect((await now()) - left).toBeGreaterThanOrEqual(MINE.length * BETWEEN_MS)
    expect(await readThrough(log, numbered)).toEqual(MINE)
    expect(await readThrough(agent.log, numbered)).toEqual(THEIRS)

    await page.context().setOffline(false)
    const all = [...THEIRS, ...MINE]
    await expect(agent.log).toContainText('mine 10', { timeout: 30_000 })
    for (const side of [log, agent.log]) {
      await expect(side).toContainText('mine 10')
      await expect(side.getByText(/sending|waiting|not sent/i)).toHaveCount(0)
      expect(await readThrough(side, numbered)).toEqual(all)
    }
    // And so they are kept.
    for (const { page } of [traveller, agent]) await page.reload()
    await traveller.reopen()
    await agent.openChat()
    for (const side of [log, agent.log]) await expect.poll(() => readThrough(side, numbered)).toEqual(all)
  })
}
