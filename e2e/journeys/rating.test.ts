/** What a customer thinks of a chat: said on a page of the SDK, shown in the widget and the inbox, changed, and taken back. */
import { Visitor } from './people.ts'
import { expect, test } from './test.ts'

test('a rating is given, commented, changed and withdrawn, and everyone sees it', async ({ server, customer, agent }) => {
  const { page } = customer
  await customer.visit(server.url)
  await customer.say('Does it come in green?')
  await agent.signIn(server.url)
  await agent.openChat()
  await agent.say('It does.')
  const widget = new Visitor((await customer.another()).page)
  await widget.visit(server.url)
  await widget.reopen()
  await expect(widget.log).toContainText('It does.')
  await page.getByRole('button', { name: 'End chat' }).click()

  const details = agent.page.getByRole('region', { name: 'Customer details' })
  const rated = agent.log.getByText(/rated this chat|withdrew the rating/)
  await page.getByRole('radio', { name: 'Bad' }).check()
  await expect(rated).toHaveText([/^Visitor \w+ rated this chat: Bad$/])
  await page.getByRole('textbox', { name: 'Comment' }).fill('I waited <b>long</b>')
  await page.getByRole('button', { name: 'Send comment' }).click()
  await expect(details).toContainText('BadI waited <b>long</b>')
  await expect(widget.log).toContainText('You rated this chat: Bad')

  await page.getByRole('radio', { name: 'Good' }).check()
  await expect(details).toContainText('GoodI waited')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Good' })).toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('I waited <b>long</b>')

  await page.getByRole('button', { name: 'Withdraw' }).click()
  await expect(rated.last()).toHaveText(/withdrew the rating$/)
  await expect(details).not.toContainText('Rating')
  await expect(widget.log).toContainText('You rated this chat: withdrawn')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Good' })).not.toBeChecked()
})
