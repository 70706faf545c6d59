/** What is said of a message is what it says by now, wherever it stands; and whoever was at something that goes away is not lost. */
import type { Locator, Page } from '@playwright/test'
import { AnsweringAgent } from '../answering.ts'
import { findings } from '../findings.ts'
import { expectStored, Visitor } from './people.ts'
import { begin, choose, menuButton, message } from './rich.ts'
import { expect, test } from './test.ts'

/** More than a page of them. */
const MANY = 80

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const found = (log: Locator) => log.locator('.message[data-found]')

test('a quote leads to what one said oneself: far above what is loaded, and among replies', async ({ server, visitor, agent }) => {
  test.setTimeout(90_000)
  await begin(server, visitor, agent)
  const { page } = visitor
  // Among replies: one's own, on both sides.
  await choose(page, message(visitor.log, 'It is, in green'), 'Reply')
  const replies = page.getByRole('region', { name: 'Replies' })
  await replies.getByRole('textbox', { name: 'Write a reply' }).fill('Which green?')
  await page.keyboard.press('Enter')
  await choose(page, message(replies, 'Which green?'), 'Quote')
  await page.context().setOffline(true)
  await page.keyboard.type('I mean the hue')
  await page.keyboard.press('Enter')
  const quoting = message(replies, 'I mean the hue').getByRole('button', { name: /^You Which green/ })
  // While it is on its way as well.
  await expect(quoting).toBeVisible()
  await page.context().setOffline(false)
  await quoting.click()
  await expect(found(replies)).toContainText('Which green?')
  await expect(message(replies, 'I mean the hue')).not.toContainText('Waiting', { timeout: 30_000 })
  await agent.log.getByRole('button', { name: /^2 replies/ }).click()
  const atAgent = agent.page.getByRole('region', { name: 'Replies' })
  await atAgent.getByRole('textbox', { name: 'Reply to this message' }).fill('Moss')
  await agent.page.keyboard.press('Enter')
  await choose(agent.page, message(atAgent, 'Moss'), 'Quote')
  await agent.page.keyboard.type('Which is dark')
  await agent.page.keyboard.press('Enter')
  await message(atAgent, 'Which is dark')
    .getByRole('button', { name: /^You Moss/ })
    .click()
  await expect(found(atAgent)).toContainText('Moss')

  // Above the window: what the visitor asked first, and what the agent said first.
  await agent.page.getByRole('button', { name: 'Back to the chat' }).click()
  const ids = async (text: string) => message(agent.log, text).locator('.said').getAttribute('data-event')
  const asked = await ids('Is it in stock?')
  const answered = await ids('It is, in green')
  const script = await AnsweringAgent.signIn(server)
  const { chats_summary } = await script.ask<{ chats_summary: { id: string }[] }>('list_chats', { limit: 1 })
  const chat_id = chats_summary[0]?.id ?? ''
  for (let at = 0; at < MANY; at++) await script.say(chat_id, `More of it, ${at}`)
  const quote = (text: string, id: string | null) =>
    script.ask('send_event', { chat_id, event: { type: 'message', text, quoted_event_id: id } })
  await quote('About the question', asked)
  await quote('About the answer', answered)
  for (const { face, log, by, says, of } of [
    { face: visitor, log: visitor.log, by: 'About the question', says: /^You Is it/, of: 'Is it in stock?' },
    { face: agent, log: agent.log, by: 'About the answer', says: /^You It is/, of: 'It is, in green' },
  ]) {
    await face.page.reload()
    if (face instanceof Visitor) await face.reopen()
    const about = message(log, by).getByRole('button', { name: says })
    await expect(about).toBeVisible()
    await expect(message(log, of)).toHaveCount(0)
    await about.click()
    await expect(found(log)).toContainText(of)
    await expect(found(log)).toBeFocused()
  }
})

test('what is edited or deleted is so at once: where it is read out, where it is quoted, where it is edited', async ({
  server,
  visitor,
  agent,
}) => {
  await begin(server, visitor, agent)
  const { page } = visitor
  const name = (row: Locator) => expect.poll(() => row.getAttribute('aria-label'))
  const own = visitor.log.getByRole('article').first()
  const answer = visitor.log.getByRole('article').nth(1)
  const asked = agent.log.getByRole('article').first()
  const answered = agent.log.getByRole('article').nth(1)

  // The name of a message that has the focus follows it, and goes with the focus.
  await visitor.log.focus()
  await press(page, 'ArrowUp')
  await name(answer).toMatch(/^Robin, It is, in green/)
  await choose(agent.page, answered, 'Edit')
  await agent.page.keyboard.type(' and red')
  await agent.page.keyboard.press('Enter')
  await name(answer).toMatch(/^Robin, It is, in green and red/)
  await press(page, 'ArrowUp')
  await name(answer).toBe(null)
  await name(own).toMatch(/^You, Is it in stock\?/)

  // A quote over the place to write, on both sides.
  await choose(page, answer, 'Quote')
  const quoting = page.getByRole('group', { name: 'Quoting Robin' })
  await expect(quoting).toContainText('It is, in green and red')
  await choose(agent.page, answered, 'Edit')
  await agent.page.keyboard.type(' too')
  await agent.page.keyboard.press('Enter')
  await expect(quoting).toContainText('and red too')
  await expect(visitor.box).toBeFocused()
  await choose(agent.page, answered, 'Delete')
  await agent.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(quoting).toHaveText('RobinDeleted message')
  await expect(page.getByText('in green')).toHaveCount(0)
  await choose(agent.page, asked, 'Quote')
  const atAgent = agent.page.getByRole('group', { name: /^Quoting/ })
  await expect(atAgent).toContainText('Is it in stock?')

  // What is deleted in another tab is edited no more.
  await choose(page, own, 'Edit')
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused()
  const other = await visitor.another()
  await other.visit(server.url)
  await other.reopen()
  await choose(other.page, other.log.getByRole('article').first(), 'Delete')
  await other.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(atAgent).toContainText('Deleted message')
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toHaveCount(0)
  await expect(visitor.box).toBeFocused()
  await expect(page.getByText('Is it in stock?')).toHaveCount(0)

  // Nor does its name stay where it is deleted by whoever was at it.
  await visitor.say('Never mind')
  await expect(message(agent.log, 'Never mind')).toBeVisible()
  await expectStored(visitor.log)
  await visitor.log.focus()
  await press(page, 'ArrowUp', 'Enter', 'ArrowUp', 'Enter', 'Tab', 'Enter')
  const last = visitor.log.getByRole('article').last()
  await name(last).toMatch(/^You, Message deleted/)
  await press(page, 'ArrowUp')
  await name(last).toBe(null)
})

test('what is typed right after a choice is written where the choice leads, from the very first key', async ({
  server,
  visitor,
  agent,
}) => {
  await begin(server, visitor, agent)
  const press = (button: Locator) =>
    button.evaluate(async (element: HTMLElement) => {
      const around = element.getRootNode() as Document | ShadowRoot
      element.click()
      // What a frame is waited for has not happened yet.
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
      return around.activeElement?.getAttribute('aria-label')
    })
  for (const { face, said, box } of [
    { face: visitor, said: 'Is it in stock?', box: 'Message' },
    { face: agent, said: 'It is, in green', box: 'Reply' },
  ]) {
    const { page } = face
    const own = message(face.log, said)
    const pick = async (deed: string) => {
      await own.hover()
      await menuButton(own).click()
      return press(page.getByRole('menuitem', { name: deed, exact: true }))
    }
    expect(await pick('Quote')).toBe(box)
    expect(await pick('Edit')).toBe('Edit message')
    await page.getByRole('button', { name: 'Cancel editing' }).click()
    // What shows replies is there from the first time on.
    await pick('Reply')
    await page.getByRole('button', { name: 'Back to the chat' }).click()
    expect(await pick('Reply')).toMatch(/^Reply to this|^Write a reply/)
    await page.getByRole('button', { name: 'Back to the chat' }).click()
  }
})

test('whoever was at something that goes away is at its message', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  for (const { page, log } of [visitor, agent]) {
    const row = message(log, 'It is, in green')
    await log.focus()
    await press(page, 'End', 'Enter', 'Enter')
    const reaction = row.getByRole('button', { name: '👍 1, including you' })
    await expect(reaction).toBeVisible()
    await reaction.focus()
    await press(page, 'Enter')
    await expect(reaction).toHaveCount(0)
    await expect(row).toBeFocused()
  }

  // A menu, and the button for it, of a message that is deleted meanwhile.
  const { page } = visitor
  const removeAtAgent = async (text: string) => {
    await choose(agent.page, message(agent.log, text), 'Delete')
    await agent.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  }
  const row = visitor.log.getByRole('article').nth(1)
  await row.focus()
  await press(page, 'Enter')
  await expect(page.getByRole('menuitemcheckbox', { name: 'React with 👍' })).toBeFocused()
  await removeAtAgent('It is, in green')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(row).toBeFocused()
  await expect(row).not.toHaveAttribute('data-held')
  await agent.say('In blue')
  const next = message(visitor.log, 'In blue')
  await expect(next).toBeVisible()
  const nextRow = visitor.log.getByRole('article').nth(2)
  await menuButton(next).focus()
  await removeAtAgent('In blue')
  await expect(nextRow).toContainText('Message deleted')
  await expect(nextRow).toBeFocused()
})

test('behind replies nothing can be reached, and what is told is told there', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = visitor
  const replies = page.getByRole('region', { name: 'Replies' })
  const reply = replies.getByRole('textbox', { name: 'Write a reply' })
  await agent.page.getByRole('button', { name: 'Close chat' }).click()
  await page.getByRole('button', { name: 'Good' }).click()
  await expect(page.getByRole('textbox', { name: 'What should we know?' })).toBeVisible()
  // One goes on in the place to write, and not in the comment.
  const attach = async (name: string) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach file' }).click()])
    await chooser.setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })
  }
  await attach('green.txt')
  await page.getByRole('button', { name: 'Remove green.txt' }).click()
  await expect(visitor.box).toBeFocused()
  await attach('red.txt')
  await choose(page, message(visitor.log, 'Is it in stock?'), 'Edit')
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused()
  await page.keyboard.type(' Really?')

  await visitor.log.focus()
  await press(page, 'ArrowUp', 'Enter', 'ArrowDown', 'Enter')
  await expect(replies.getByRole('textbox', { name: 'Write a reply' })).toBeFocused()
  const isAmongReplies = () =>
    page.evaluate(
      () => document.querySelector('porchlight-chat')?.shadowRoot?.activeElement?.closest('.panel > *:not(.tools), .tools > *')?.className,
    )
  await reply.focus()
  for (const key of ['Tab', 'Shift+Tab'])
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press(key)
      expect([undefined, 'replies']).toContain(await isAmongReplies())
    }
  await expect(page.getByRole('dialog', { name: 'Chat' }).getByRole('textbox')).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Remove red.txt' })).toHaveCount(0)

  await reply.fill('Which green?')
  await page.keyboard.press('Enter')
  await choose(page, message(replies, 'Which green?'), 'Edit')
  await press(page, 'Escape')
  await expect(reply).toBeFocused()
  await choose(page, message(replies, 'Which green?'), 'Copy')
  await expect(replies.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible()
  expect(await findings(page)).toEqual([])

  // What was begun in the chat is still there.
  await page.getByRole('button', { name: 'Back to the chat' }).click()
  const editing = page.getByRole('textbox', { name: 'Edit message' })
  await expect(editing).toBeFocused()
  await expect(editing).toHaveValue('Is it in stock? Really?')
  await expect(page.getByRole('button', { name: 'Remove red.txt' })).toBeVisible()
})
