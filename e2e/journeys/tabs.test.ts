/** Two tabs of one visitor, and the one that sends for both is closed in the middle of it: nothing is lost, nothing comes twice. */
import type { Page } from '@playwright/test'
import { readThrough } from './people.ts'
import { expect, test } from './test.ts'

const numbered = /(?:first|second) \d/
const five = (tab: string) => Array.from({ length: 5 }, (_, at) => `${tab} ${at + 1}`)

/** Lets the link of a page through, until what goes one way on it is swallowed: as by a network that goes in that moment. */
async function swallowing(page: Page, lost: 'requests' | 'answers'): Promise<() => void> {
  let through = true
  await page.routeWebSocket(/\/rtm/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((frame) => void ((through || lost === 'answers') && server.send(frame)))
    server.onMessage((frame) => void ((through || lost === 'requests') && socket.send(frame)))
  })
  return () => {
    through = false
  }
}

for (const face of ['visitor', 'customer'] as const) {
  for (const lost of ['requests', 'answers'] as const) {
    const where = face === 'visitor' ? 'in the widget' : 'on the SDK page'
    test(`the leading tab is closed in mid-send, with its ${lost} lost, ${where}`, async ({ server, agent, visitor, customer }) => {
      const first = { visitor, customer }[face]
      const swallow = await swallowing(first.page, lost)
      await first.visit(server.url)
      await first.openChat()
      await first.say('Ready')
      await agent.signIn(server.url)
      await agent.openChat()
      await expect(agent.log).toContainText('Ready')
      const second = await first.another()
      await second.visit(server.url)
      await second.reopen()
      // Until it has sent something of its own, a tab may still look for what others left.
      await second.say('Ready too')
      for (const { log } of [first, second, agent]) await expect(log).toContainText('Ready too')
      await expect(second.log.getByText(/sending|waiting/i)).toHaveCount(0)

      swallow()
      for (const text of five('first')) await first.say(text)
      // Only now the first tab is known to lead: whatever the second one writes waits for it.
      await expect.poll(() => first.page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1)
      for (const text of five('second')) await second.say(text)
      await expect(second.log).toContainText('second 5')
      await expect(agent.log).not.toContainText('second')
      await expect(agent.log.getByText(/first \d/)).toHaveCount(lost === 'requests' ? 0 : 1)

      await first.page.close()
      await expect(agent.log).toContainText('second 5')
      const third = await second.another()
      await third.visit(server.url)
      await third.reopen()
      await expect(third.log).toContainText('second 5')
      await expect(second.log.getByText(/sending|waiting|not sent/i)).toHaveCount(0)
      const order = await readThrough(agent.log, numbered)
      for (const tab of ['first', 'second']) expect(order.filter((text) => text.startsWith(tab))).toEqual(five(tab))
      for (const { log } of [second, third]) expect(await readThrough(log, numbered)).toEqual(order)
    })
  }
}
