/** A thousand messages of history: scrolled to the first one without the view jumping, and never many rows at once. */
import type { Locator } from '@playwright/test'
import { addHistory } from '../history.ts'
import { expectStored } from './people.ts'
import { expect, test } from './test.ts'

const MESSAGES = 1000
const MOST_ROWS = 400
/** What rounding may move a line on the screen. */
const STILL_PX = 2

interface Glance {
  /** Numbers of the lines that are in the page, and where each stands on the screen. */
  readonly lines: readonly { readonly number: number; readonly top: number }[]
  /** The number of the first line that the reader really sees. */
  readonly first: number
}

/** Scrolls the log by so much at once, and says what is seen then. */
function glance(log: Locator, by = 0): Promise<Glance> {
  return log.evaluate((element, distance) => {
    let scroller: Element | null = element
    while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement
    scroller?.scrollBy({ top: distance, behavior: 'instant' })
    const box = (scroller ?? element).getBoundingClientRect()
    const leaves = [...element.querySelectorAll('*')].filter(({ children }) => children.length === 0)
    const lines = leaves.flatMap((leaf) => {
      const number = /^line (\d{4})$/.exec(leaf.textContent?.trim() ?? '')?.[1]
      return number ? [{ number: Number(number), top: leaf.getBoundingClientRect().top }] : []
    })
    return { lines, first: lines.find(({ top }) => top >= box.top)?.number ?? 0 }
  }, by)
}

const topOf = ({ lines }: Glance, number: number) => lines.find((line) => line.number === number)?.top

test('a thousand messages are scrolled through without the view jumping', async ({ server, visitor }) => {
  test.setTimeout(120_000)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('the first of all')
  await expect(visitor.log).toContainText('the first of all')
  await expectStored(visitor.log)
  await server.pause()
  await addHistory(server.data, MESSAGES)
  await server.start()
  await visitor.page.reload()
  await visitor.reopen()
  await expect(visitor.log).toContainText('line 1000')

  let seen = await glance(visitor.log)
  for (let turns = 0; turns < 400 && !(await visitor.log.textContent())?.includes('the first of all'); turns++) {
    expect(seen.lines.length).toBeLessThanOrEqual(MOST_ROWS)
    const before = await glance(visitor.log, -400)
    await visitor.page.waitForTimeout(100)
    const after = await glance(visitor.log)
    const [was, is] = [topOf(before, before.first), topOf(after, before.first)]
    if (was !== undefined && is !== undefined)
      expect(Math.abs(is - was), `line ${before.first} stays where it is`).toBeLessThanOrEqual(STILL_PX)
    expect(after.lines.map(({ number }) => number)).toEqual(after.lines.map((_, at) => (after.lines[0]?.number ?? 0) + at))
    seen = after
  }
  await expect(visitor.log).toContainText('the first of all')
  await expect(visitor.log).toContainText('line 0001')
})
