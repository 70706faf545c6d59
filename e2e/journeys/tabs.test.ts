/** Two tabs of one visitor, and the one that sends for both is closed in the middle of it: nothing is lost, nothing comes twice. */
import type { Page } from '@playwright/test'
import { readThrough } from './people.ts'
import { expect, test } from './test.ts'

const numbered = /(?:first|second) \d\d/
const named = (tab: string, number: number) => `${tab} ${String(number).padStart(2, '0')}`
const OF_SECOND = [1, 2, 3, 4, 5].map((number) => named('second', number))

/** The link of a page, until what goes one way on it is lost: as by a network that goes in that moment. */
async function fragileLink(page: Page, lost: 'requests' | 'answers') {
  const link = { whole: true, sending: false }
  await page.routeWebSocket(/\/rtm/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((frame) => {
      link.sending ||= !link.whole && String(frame).includes('"send_event"')
      if (link.whole || lost === 'answers') server.send(frame)
    })
    server.onMessage((frame) => void ((link.whole || lost === 'requests') && socket.send(frame)))
  })
  return link
}

for (const face of ['visitor', 'customer'] as const) {
  for (const lost of ['requests', 'answers'] as const) {
    const where = face === 'visitor' ? 'in the widget' : 'on the SDK page'
    test(`the leading tab is closed in mid-send, with its ${lost} lost, ${where}`, async ({ server, agent, visitor, customer }) => {
      const first = { visitor, customer }[face]
      const link = await fragileLink(first.page, lost)
      await first.visit(server.url)
      await first.openChat()
      await first.say('Ready')
      await agent.signIn(server.url)
      await agent.openChat()
      await expect(agent.log).toContainText('Ready')
      const second = await first.another()
      await second.visit(server.url)
      await second.reopen()
      await expect(second.log).toContainText('Ready')

      link.whole = false
      const ofFirst: string[] = []
      const goOn = () => {
        const text = named('first', ofFirst.length + 1)
        ofFirst.push(text)
        return first.say(text)
      }
      // Whichever tab is free leads, until the first one is in the middle of a send that does not end.
      for (; !link.sending; await first.page.waitForTimeout(200)) await goOn()
      for (let more = 0; more < 3; more++) await goOn()
      for (const text of OF_SECOND) await second.say(text)
      await expect(second.log).toContainText('second 05')
      await expect(agent.log).not.toContainText('second')
      await expect(agent.log).not.toContainText(ofFirst.at(-1) as string)

      await first.page.close()
      await expect(agent.log).toContainText('second 05')
      const third = await second.another()
      await third.visit(server.url)
      await third.reopen()
      await expect(third.log).toContainText('second 05')
      await expect(second.log.getByText(/sending|waiting|not sent/i)).toHaveCount(0)
      const order = await readThrough(agent.log, numbered)
      expect(order.filter((text) => text.startsWith('first'))).toEqual(ofFirst)
      expect(order.filter((text) => text.startsWith('second'))).toEqual(OF_SECOND)
      for (const { log } of [second, third]) expect(await readThrough(log, numbered)).toEqual(order)
    })
  }
}
