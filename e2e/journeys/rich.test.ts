/** What people do with messages, from either face to the other: reply, quote, react, edit, delete, name somebody; by pointer and by keyboard. */
import { expectStored } from './people.ts'
import { begin, choose, menuButton, message } from './rich.ts'
import { expect, test } from './test.ts'

test('by the pointer: what a visitor does with messages, the agent sees, and the other way round', async ({ server, visitor, agent }) => {
  test.setTimeout(120_000)
  await begin(server, visitor, agent)
  const { page } = visitor
  const answer = message(visitor.log, 'It is, in green')
  const atAgent = message(agent.log, 'It is, in green')

  // Reactions: left from the menu, added to and taken back by their own buttons.
  await answer.hover()
  await answer.getByRole('button', { name: 'React' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).click()
  await expect(answer.getByRole('button', { name: '👍 1, including you' })).toHaveAttribute('aria-pressed', 'true')
  await atAgent.getByRole('button', { name: '👍 1', exact: true }).click()
  await expect(answer.getByRole('button', { name: '👍 2, including you' })).toHaveAttribute('title', 'You and Robin')
  await expect(atAgent.getByRole('button', { name: '👍 2, including you' })).toHaveAttribute('title', /Ada Lovelace and You|You and Ada/)
  await answer.getByRole('button', { name: '👍 2, including you' }).click()
  await expect(answer.getByRole('button', { name: '👍 1', exact: true })).toHaveAttribute('aria-pressed', 'false')

  // Any emoji there is.
  await answer.hover()
  await answer.getByRole('button', { name: 'React' }).click()
  await page.getByRole('menuitem', { name: 'More emoji' }).click()
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('party')
  await page.keyboard.press('Enter')
  await expect(answer.getByRole('button', { name: '🥳 1, including you' })).toBeVisible()
  await expect(atAgent.getByRole('button', { name: '🥳 1', exact: true })).toBeVisible()

  // A quote, which leads to what it quotes.
  await choose(page, answer, 'Quote')
  await expect(visitor.box).toBeFocused()
  await page.getByRole('button', { name: 'Remove quote' }).click()
  await choose(page, answer, 'Quote')
  await expect(page.getByRole('group', { name: 'Quoting Robin' })).toContainText('It is, in green')
  await visitor.say('Only in green?')
  const quoting = message(visitor.log, 'Only in green?')
  await expect(quoting.getByRole('button', { name: /^Robin It is/ })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Quoting Robin' })).toHaveCount(0)
  await message(agent.log, 'Only in green?')
    .getByRole('button', { name: /^You It is/ })
    .click()
  await expect(agent.log.locator('[data-found]')).toContainText('It is, in green')

  // One's own words, anew; a quote shows them so.
  await choose(agent.page, atAgent, 'Edit')
  const editing = agent.page.getByRole('textbox', { name: 'Edit message' })
  await expect(editing).toHaveValue('It is, in green')
  await editing.fill('It is, in green and in red')
  await agent.page.getByRole('button', { name: 'Save' }).click()
  await expect(answer).toContainText('It is, in green and in red')
  await expect(answer).toContainText('Edited')
  await expect(quoting.getByRole('button', { name: /^Robin It is/ })).toContainText('and in red')

  // Names.
  await visitor.box.pressSequentially('Thank you, @ro')
  await page.getByRole('option', { name: 'Robin' }).click()
  await expect(visitor.box).toHaveValue('Thank you, @Robin ')
  await visitor.box.press('Enter')
  await expect(message(agent.log, 'Thank you').locator('.for-me .mention')).toHaveText('@Robin')
  await expect(message(agent.log, 'Thank you')).toContainText('Mentions you')
  await agent.box.pressSequentially('With pleasure, @')
  await agent.page.getByRole('option', { name: 'Ada Lovelace' }).click()
  await agent.box.press('Enter')
  await expect(message(visitor.log, 'With pleasure').locator('.for-me .mention')).toHaveText('@Ada Lovelace')

  // Gone, after one question.
  await choose(page, quoting, 'Delete')
  await page.getByRole('button', { name: 'Keep' }).click()
  await expect(quoting).toBeVisible()
  await choose(page, quoting, 'Delete')
  await page.getByRole('alertdialog', { name: 'Delete this message?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(visitor.log.getByRole('article').filter({ hasText: 'Message deleted' })).toHaveCount(1)
  await expect(agent.log.getByRole('article').filter({ hasText: 'Message deleted' })).toHaveCount(1)
  await expect(agent.log).not.toContainText('Only in green?')
})

test('replies have a place of their own, on both sides, and are told under what they are about', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = visitor
  const answer = message(visitor.log, 'It is, in green')
  await choose(page, answer, 'Reply')
  const replies = page.getByRole('region', { name: 'Replies' })
  await expect(replies.getByRole('textbox', { name: 'Write a reply' })).toBeFocused()
  await expect(replies.getByRole('log', { name: 'Replies' })).toContainText('It is, in green')
  await expect(replies).toContainText('No replies yet')
  await replies.getByRole('textbox', { name: 'Write a reply' }).fill('Which green?')
  await page.keyboard.press('Enter')
  await expect(replies).toContainText('1 reply')

  await agent.log.getByRole('button', { name: /^1 reply/ }).click()
  const atAgent = agent.page.getByRole('region', { name: 'Replies' })
  await expect(atAgent.getByRole('log', { name: 'Replies' })).toContainText('Which green?')
  await atAgent.getByRole('textbox', { name: 'Reply to this message' }).fill('Moss')
  await agent.page.keyboard.press('Enter')
  await expect(replies.getByRole('article')).toHaveText([/It is, in green/, /Which green\?/, /Moss/])

  // What can be done with a message can be done with a reply, but for replying to it.
  const reply = message(replies, 'Which green?')
  await choose(page, reply, 'Edit')
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused()
  await page.keyboard.type('!')
  await page.keyboard.press('Enter')
  await expect(message(atAgent, 'Which green?!')).toContainText('Edited')
  await reply.hover()
  await menuButton(reply).click()
  await expect(page.getByRole('menuitem', { name: 'Reply' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  // One's own unsent reply is there, and only there.
  await page.context().setOffline(true)
  await replies.getByRole('textbox', { name: 'Write a reply' }).fill('And how much is it?')
  await page.keyboard.press('Enter')
  await expect(message(replies, 'And how much')).toContainText('Waiting for a connection')
  await page.keyboard.press('Escape')
  await expect(visitor.log).toBeVisible()
  await expect(visitor.log).not.toContainText('And how much')
  await page.context().setOffline(false)
  await expect(visitor.log.getByRole('button', { name: /^3 replies/ })).toBeVisible({ timeout: 30_000 })
  await expect(visitor.log).not.toContainText('And how much')
  await expect(atAgent).toContainText('And how much is it?')

  // After a reload they are where they were.
  await page.reload()
  await visitor.reopen()
  await visitor.log.getByRole('button', { name: /^3 replies/ }).click()
  await expect(replies.getByRole('article')).toHaveText([/It is, in green/, /Which green\?!/, /Moss/, /And how much/])
  await page.getByRole('button', { name: 'Back to the chat' }).click()
  await expect(visitor.box).toBeFocused()
})

test('by the keyboard alone: the visitor', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = visitor
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await visitor.log.focus()
  await press('ArrowUp', 'Enter')
  await expect(page.getByRole('menu', { name: 'Message actions' })).toBeVisible()
  await expect(page.getByRole('menuitemcheckbox', { name: 'React with 👍' })).toBeFocused()
  await press('ArrowRight', 'Enter')
  await expect(message(visitor.log, 'It is').getByRole('button', { name: '❤️ 1, including you' })).toBeVisible()
  await expect(message(visitor.log, 'It is')).toBeFocused()

  // The buttons of the message that has the focus are the next stop, those of the others are none.
  await press('Tab')
  await expect(message(visitor.log, 'It is').getByRole('button', { name: 'React' })).toBeFocused()
  await press('Tab')
  await expect(menuButton(message(visitor.log, 'It is'))).toBeFocused()
  await press('Enter', 'ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeFocused()
  await press('Escape')
  await expect(menuButton(message(visitor.log, 'It is'))).toBeFocused()
  await expect(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()

  // As browsers ask for a menu by the keyboard.
  await visitor.log.focus()
  await press('ArrowUp', 'Shift+F10', 'ArrowDown', 'ArrowDown', 'Enter')
  await expect(visitor.box).toBeFocused()
  await page.keyboard.type('@Rob')
  await expect(page.getByRole('option', { name: 'Robin', selected: true })).toBeVisible()
  await expect(visitor.box).toHaveAttribute('aria-activedescendant', /.+/)
  await press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await press('Backspace')
  await press('Backspace', 'Backspace', 'Backspace')
  await page.keyboard.type('@Rob')
  await press('Tab')
  await expect(visitor.box).toHaveValue('@Robin ')
  await page.keyboard.type('and in red?')
  await press('Enter')
  await expect(message(agent.log, 'and in red?').getByRole('button', { name: /^You It is/ })).toBeVisible()

  // From where nothing is written up to what was said last.
  await expectStored(visitor.log)
  await press('ArrowUp')
  const editing = page.getByRole('textbox', { name: 'Edit message' })
  await expect(editing).toBeFocused()
  await expect(editing).toHaveValue('@Robin and in red?')
  await press('Escape')
  await expect(visitor.box).toBeFocused()
  await press('ArrowUp')
  await expect(editing).toBeFocused()
  await page.keyboard.type(' Or blue?')
  await press('Enter')
  await expect(message(agent.log, 'Or blue?')).toContainText('Edited')
  await expect(visitor.box).toBeFocused()
  await expect(visitor.box).toHaveValue('')

  await visitor.log.focus()
  await press('ArrowUp', 'Enter', 'ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await press('Enter')
  await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused()
  await press('Tab', 'Enter')
  await expect(agent.log).toContainText('Message deleted')
  await expect(visitor.log.getByRole('article').last()).toBeFocused()
})

test('by the keyboard alone: the agent, whose letters are commands elsewhere', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page, log } = agent
  await log.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(message(log, 'Is it in stock?')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu', { name: 'Message actions' })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(message(visitor.log, 'Is it in stock?').getByRole('button', { name: '👍 1' })).toBeVisible()
  // Of what others said nothing is offered that the organization does not let agents do.
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem')).toHaveText(['', 'Reply', 'Quote', 'Copy'])
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await expect(agent.box).toBeFocused()
  await page.keyboard.type('Yes')
  await page.keyboard.press('Enter')
  await expect(message(visitor.log, 'Yes').getByRole('button', { name: /^You Is it/ })).toBeVisible()
  await expectStored(agent.log)
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toHaveValue('Yes')
  await page.keyboard.type(', it is')
  await page.keyboard.press('Enter')
  await expect(message(visitor.log, 'Yes, it is')).toContainText('Edited')
  await expect(agent.box).toBeFocused()
})

test('an agent edits and deletes what others said where the organization lets agents, and reads what it said first', async ({
  server,
  visitor,
  agent,
}) => {
  await server.command('org', 'update', '--agents-edit', 'all', '--agents-delete', 'all', '--originals', 'shown')
  await begin(server, visitor, agent)
  await visitor.box.focus()
  await visitor.page.keyboard.press('ArrowUp')
  await expect(visitor.page.getByRole('textbox', { name: 'Edit message' })).toBeFocused()
  await visitor.page.keyboard.type(' Please')
  await visitor.page.keyboard.press('Enter')
  const asked = message(agent.log, 'Is it in stock?')
  await expect(asked).toContainText('Edited')
  await asked.getByText('Show what it said first').click()
  await expect(asked.locator('details')).toHaveText(/Is it in stock\?$/)
  await choose(agent.page, asked, 'Edit')
  await expect(agent.page.getByRole('textbox', { name: 'Edit message' })).toBeFocused()
  await agent.page.keyboard.type('.')
  await agent.page.keyboard.press('Enter')
  await expect(message(visitor.log, 'Is it in stock? Please.')).toBeVisible()
  await choose(agent.page, asked, 'Delete')
  await agent.page.getByRole('button', { name: 'Delete' }).click()
  await expect(visitor.log).toContainText('Message deleted')
  await expect(agent.log).not.toContainText('Is it in stock?')
})
