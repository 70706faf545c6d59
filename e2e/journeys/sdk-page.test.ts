/** The demo's chat page on the SDK alone, by the names that everyone reads: what a developer would copy must work. */
import { findings } from '../findings.ts'
import type { Agent, ChatPageVisitor } from './people.ts'
import { expect, test } from './test.ts'

interface Cast {
  readonly customer: ChatPageVisitor
  readonly agent: Agent
  readonly server: { readonly url: string }
}

async function converse({ customer, agent, server }: Cast): Promise<void> {
  await customer.visit(server.url)
  await customer.say('Does the harbour lantern come in green?')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('It does, from next week on.')
  await expect(customer.log).toContainText('It does, from next week on.')
}

test('a question and its answer, with sneak peek, typing, seen and a reload', async ({ customer, agent, server }) => {
  await converse({ customer, agent, server })
  await expect(customer.log.getByText('Seen', { exact: true })).toBeVisible()
  await expect(agent.log.getByText('Seen', { exact: true })).toBeVisible()
  await customer.box.pressSequentially('How mu')
  await expect(agent.peek).toContainText('How mu')
  await agent.box.pressSequentially('Would')
  await expect(customer.page.getByText('Robin is writing …')).toBeVisible()
  await customer.page.reload()
  await expect(customer.log.locator('.message')).toHaveText([/harbour lantern.*Seen/, /next week/])
})

test('what is written offline is sent once, in order, when the network is back', async ({ customer, agent, server }) => {
  await converse({ customer, agent, server })
  await customer.page.context().setOffline(true)
  await expect(customer.status).toContainText('Offline')
  for (const words of ['One', 'Two', 'Three']) await customer.say(words)
  await expect(customer.log.getByText('sending …')).toHaveCount(3)
  await customer.page.context().setOffline(false)
  await expect(customer.log.getByText('sending …')).toHaveCount(0)
  await expect(customer.status).toHaveText('Connected')
  await expect(agent.log).toContainText(/One.*Two.*Three/s)
  expect((await agent.log.textContent())?.match(/Two/g)).toHaveLength(1)
})

test('the chat ends, and goes on with the next question', async ({ customer, agent, server }) => {
  await converse({ customer, agent, server })
  await customer.page.getByRole('button', { name: 'End chat' }).click()
  await expect(customer.page.getByText('This chat has ended')).toBeVisible()
  await expect(customer.page.getByRole('button', { name: 'End chat' })).toBeHidden()
  await customer.say('One more thing')
  await expect(agent.log).toContainText('One more thing')
  await expect(customer.page.getByText('This chat has ended')).toBeHidden()
})

test('where there is no back end, whoever would sign in is told', async ({ customer, server }) => {
  await customer.visit(server.url)
  await customer.page.getByRole('button', { name: 'Sign in' }).click()
  await customer.page.getByRole('button', { name: 'Ada Palmer' }).click()
  await expect(customer.status).toContainText('this page has no back end')
})

test('everything is done with the keyboard alone, and the focus is never lost', async ({ customer, agent, server }) => {
  const { page, box } = customer
  const { keyboard } = page
  const focused = page.locator(':focus')
  page.on('filechooser', (chooser) => chooser.setFiles({ name: 'late.txt', mimeType: 'text/plain', buffer: Buffer.from('P.S.') }))
  await converse({ customer, agent, server })

  await page.getByRole('button', { name: 'Sign in' }).focus()
  await keyboard.press('Enter')
  await expect(focused).toHaveText('Ada Palmer')
  await keyboard.press('Escape')
  await expect(focused).toHaveText('Sign in')
  await keyboard.press('Tab')
  await expect(focused).toHaveText('End chat')
  await keyboard.press('Tab')
  await expect(focused).toHaveRole('log')

  await page.context().setOffline(true)
  await keyboard.press('Tab')
  await expect(page.getByLabel('Attach files')).toBeFocused()
  await keyboard.press('Enter')
  await expect(customer.log.getByRole('progressbar')).toBeVisible()
  await keyboard.press('Shift+Tab')
  await expect(focused).toHaveText('Cancel')
  await keyboard.press('Enter')
  await expect(focused).toHaveText('Send again')
  await keyboard.press('Enter')
  await expect(box).toBeFocused()
  await page.context().setOffline(false)
  await expect(agent.log.getByRole('link', { name: 'late.txt' })).toBeVisible()

  await page.getByRole('button', { name: 'End chat' }).focus()
  await keyboard.press('Enter')
  await expect(box).toBeFocused()
  await page.getByRole('radio', { name: 'Good' }).focus()
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await keyboard.type('Kind')
  await keyboard.press('Enter')
  await expect(agent.page.getByRole('region', { name: 'Customer details' })).toContainText('GoodKind')
  await page.getByRole('button', { name: 'Withdraw' }).focus()
  await keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'Good' })).toBeFocused()
  await expect(agent.log).toContainText('withdrew the rating')
})

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })))

test('axe finds nothing, in light and dark, on a phone and beside it', async ({ customer, agent, server }) => {
  const { page } = customer
  const clean = async () => {
    for (const { colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 700 })
      expect(await findings(page), `${colorScheme}, ${width} px`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  }
  await converse({ customer, agent, server })
  await customer.attach('letter.txt', Buffer.from('Dear Lantern & Co.'))
  await expect(customer.log.getByRole('link', { name: 'letter.txt' })).toBeVisible()
  await page.context().setOffline(true)
  await customer.attach('late.txt', Buffer.from('P.S.'))
  await expect(customer.log.getByRole('progressbar', { name: 'Sending late.txt' })).toBeVisible()
  await clean()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await clean()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'End chat' }).click()
  await page.getByRole('radio', { name: 'Good' }).check()
  await clean()
})
