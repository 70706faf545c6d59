/** A message that nobody is looking at is noticed: a badge, a card, the title, a sound; and what was missed is marked when the visitor is back. */
import { AnsweringAgent as Agent, type AnsweringAgent } from '../answering.ts'
import { AnsweringBot } from '../answering-bot.ts'
import { findings } from '../findings.ts'
import type { Visitor } from './people.ts'
import { expectStored } from './people.ts'
import { Reader } from './reader.ts'
import { expect, test } from './test.ts'

async function begin(visitor: Visitor, server: { readonly url: string }): Promise<{ agent: AnsweringAgent; chat: string }> {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Where is my parcel?')
  await expectStored(visitor.log)
  const agent = await Agent.signIn(server as never)
  let chat = ''
  await expect.poll(async () => (chat = (await agent.chatSaying('Where is my parcel?')) ?? '')).not.toBe('')
  await agent.say(chat, 'Let me see')
  await expect(visitor.log).toContainText('Let me see')
  return { agent, chat }
}

const closeChat = ({ page }: Visitor) => page.getByRole('button', { name: 'Close chat' }).click()

test('with the chat closed a card brings the message, and leads to it behind a divider', async ({ visitor, server }) => {
  const { page } = visitor
  const { agent, chat } = await begin(visitor, server)
  await closeChat(visitor)
  await agent.say(chat, 'It is **here**')
  const card = page.getByRole('status').filter({ hasText: 'New message from Robin' })
  await expect(card).toContainText('It is here')
  await expect(page.getByRole('button', { name: 'Open chat' })).toHaveAccessibleDescription('1 unread message')
  // It asks for nothing.
  expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('textarea')
  await card.getByRole('button', { name: /New message/ }).click()
  await expect(visitor.log).toContainText('New messages')
  await expect(card).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Close chat' })).toHaveAccessibleDescription('')
  const order = await visitor.log.evaluate((log) => log.textContent ?? '')
  expect(order.indexOf('Let me see')).toBeLessThan(order.indexOf('New messages'))
  expect(order.indexOf('New messages')).toBeLessThan(order.indexOf('It is here'))
  // Looked at while it comes, nothing is new.
  await closeChat(visitor)
  await visitor.openChat()
  await expect(visitor.log).not.toContainText('New messages')
})

test('a card leads to its message, also where the visitor was at home', async ({ visitor, server }) => {
  const { page } = visitor
  const { agent, chat } = await begin(visitor, server)
  await page.getByRole('button', { name: 'Chats' }).click()
  await expect(page.getByRole('button', { name: 'New chat' })).toBeVisible()
  await closeChat(visitor)
  await agent.say(chat, 'It is here')
  await page.getByRole('button', { name: /New message/ }).click()
  await expect(visitor.log).toContainText('It is here')
  await expect(visitor.box).toBeFocused()
})

test('the card is put away, and the badge stays', async ({ visitor, server }) => {
  const { page } = visitor
  const { agent, chat } = await begin(visitor, server)
  await closeChat(visitor)
  await agent.say(chat, 'It is here')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Open chat' })).toHaveAccessibleDescription('1 unread message')
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeFocused()
})

test('a card tells what a bot writes once it is whole, and what a message says by now until it is gone', async ({ visitor, server }) => {
  const { page } = visitor
  const reader = await Reader.listenTo(page)
  const { agent, chat } = await begin(visitor, server)
  const bot = await AnsweringBot.start(server)
  try {
    await closeChat(visitor)
    const card = page.getByRole('status').filter({ hasText: 'New message from' })
    await reader.hear('the chat is closed', async () => undefined)
    const answer = bot.answer(chat)
    await reader.hear('it begins', async () => {
      await answer.write('It **is**')
      await expect(card.getByRole('button', { name: 'New message from Lumi …' })).toBeVisible()
      expect(await findings(page)).toEqual([])
    })
    await reader.hear('it goes on', () => answer.write(', in brass'))
    await reader.hear('it ends', async () => {
      await answer.write(' and in green.')
      await answer.end()
      await expect(card).toContainText('It is, in brass and in green.')
    })
    // The focus stays where it was while the words change.
    await card.getByRole('button', { name: /New message/ }).focus()
    const { event } = await agent.ask<{ event: { id: string } }>('send_event', {
      chat_id: chat,
      event: { type: 'message', text: 'Or in red' },
    })
    await expect(card).toContainText('New message from RobinOr in red')
    await reader.hear('an agent has written', async () => undefined)
    await reader.hear('it is edited', async () => {
      await agent.ask('edit_event', { chat_id: chat, event_id: event.id, text: 'Or in blue' })
      await expect(card).toContainText('Or in blue')
    })
    await agent.ask('delete_event', { chat_id: chat, event_id: event.id })
    await expect(card).toHaveCount(0)
    const heard = reader.heard.filter((line) => !line.startsWith('focus'))
    expect(heard.slice(heard.indexOf('> it begins'))).toEqual([
      '> it begins',
      '> it goes on',
      '> it ends',
      'polite: New message from Lumi It is, in brass and in green.',
      '> an agent has written',
      'polite: New message from Robin Or in red',
      '> it is edited',
    ])
  } finally {
    bot.stop()
  }
})

test('what was unread when the page was loaded is a badge and no news', async ({ visitor, server }) => {
  const { page } = visitor
  const { agent, chat } = await begin(visitor, server)
  await page.goto('about:blank')
  await agent.say(chat, 'It is here')
  await visitor.visit(server.url)
  await expect(page.getByRole('button', { name: 'Open chat' })).toHaveAccessibleDescription('1 unread message')
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
})

test('in the back the title flashes until the page is in front again', async ({ visitor, server }) => {
  const { page } = visitor
  const { agent, chat } = await begin(visitor, server)
  const title = await page.title()
  const turn = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await turn(true)
  await agent.say(chat, 'It is here')
  await expect(page).toHaveTitle('New message from Robin')
  await expect(page).toHaveTitle(title)
  await expect(page).toHaveTitle('New message from Robin')
  await turn(false)
  await expect(page).toHaveTitle(title)
  await page.waitForTimeout(2_500)
  expect(await page.title()).toBe(title)
})

test('a sound is heard only after the visitor allowed it', async ({ visitor, server }) => {
  const { page } = visitor
  await page.addInitScript(() => {
    const state = window as unknown as { tones: number }
    state.tones = 0
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (...when) {
      state.tones++
      return start.apply(this, when)
    }
  })
  const tones = () => page.evaluate(() => (window as unknown as { tones: number }).tones)
  const { agent, chat } = await begin(visitor, server)
  await closeChat(visitor)
  await agent.say(chat, 'One')
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible()
  await page.waitForTimeout(500)
  expect(await tones()).toBe(0)
  await visitor.openChat()
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByRole('button', { name: 'Play a sound for new messages' }).click()
  await expect(page.getByRole('button', { name: 'Play a sound for new messages' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await closeChat(visitor)
  await agent.say(chat, 'Two')
  await expect.poll(tones).toBe(2)
})

test('Home greets, says who is there, and counts what is unread by chat', async ({ visitor, server, agent: inbox }) => {
  const { page } = visitor
  const { agent, chat } = await begin(visitor, server)
  await page.getByRole('button', { name: 'Chats', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Hello' })).toBeVisible()
  await expect(page.getByText('Nobody is here right now.')).toBeVisible()
  await agent.say(chat, 'It is here')
  await expect(page.getByRole('button', { name: /It is here/ })).toContainText('1 unread message')
  await page.getByRole('button', { name: 'New chat' }).click()
  await inbox.signIn(server.url)
  await page.getByRole('button', { name: 'Chats', exact: true }).click()
  await expect(page.getByText('Robin can answer now')).toBeVisible()
  await page.getByRole('button', { name: /It is here/ }).click()
  await expect(visitor.log).toContainText('It is here')
  await expect(visitor.box).toBeFocused()
})
