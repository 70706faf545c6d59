/** One conversation as it is heard, kept word for word: each message once, nothing said twice, the focus where it belongs. */
import { AnsweringAgent } from '../answering.ts'
import { expectStored } from './people.ts'
import { Reader } from './reader.ts'
import { expect, test } from './test.ts'

const HEARD = [
  '> open the chat',
  'focus: textbox Message',
  '> ask',
  'focus: textbox Message',
  '> the agent answers',
  'polite: Robin joined',
  'polite: Robin It is . in brass in green',
  'focus: textbox Message',
  '> the agent writes again',
  'polite: Robin Shall I keep one for you?',
  'focus: textbox Message',
  '> into the messages',
  'focus: article Robin, Shall I keep one for you?, <time>',
  '> one message up',
  'focus: article Robin, It is., in brass, in green',
  '> what can be done with it',
  'focus: menuitemcheckbox React with 👍',
  '> react with it',
  'polite: You reacted with 👍',
  'focus: article Robin, It is., in brass, in green, 👍 1, including you',
  '> quote the message below',
  'polite: Quoting Robin',
  'focus: textbox Message',
  '> let go of it',
  'focus: textbox Message',
  '> edit what was asked',
  'focus: textbox Edit message',
  '> save it',
  'polite: Message changed',
  'focus: textbox Message',
  '> close the chat',
  'focus: button Open chat',
  '> the agent writes while it is closed',
  'polite: New message from Robin I kept one',
  'focus: button Open chat, 1 unread message',
  '> open it again',
  'polite: New messages',
  'focus: textbox Message',
]

test('a conversation, as a screen reader tells it', async ({ visitor, server }) => {
  const { page } = visitor
  const reader = await Reader.listenTo(page)
  await visitor.visit(server.url)
  await reader.hear('open the chat', () => page.getByRole('button', { name: 'Open chat' }).press('Enter'))
  await reader.hear('ask', async () => {
    await page.keyboard.type('Is it in stock?')
    await page.keyboard.press('Enter')
    await expectStored(visitor.log)
  })
  const agent = await AnsweringAgent.signIn(server)
  const chat = (await agent.chatSaying('Is it in stock?')) ?? ''
  await reader.hear('the agent answers', () => agent.say(chat, 'It **is**.\n\n- in brass\n- in green'))
  await reader.hear('the agent writes again', () => agent.say(chat, 'Shall I keep one for you?'))
  await reader.hear('into the messages', async () => {
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowUp')
  })
  await reader.hear('one message up', () => page.keyboard.press('ArrowUp'))
  await reader.hear('what can be done with it', () => page.keyboard.press('Enter'))
  await reader.hear('react with it', () => page.keyboard.press('Enter'))
  await reader.hear('quote the message below', async () => {
    for (const key of ['ArrowDown', 'Enter', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  })
  await reader.hear('let go of it', () => page.keyboard.press('Escape'))
  await reader.hear('edit what was asked', () => page.keyboard.press('ArrowUp'))
  await reader.hear('save it', async () => {
    await page.keyboard.type(' Or soon?')
    await page.keyboard.press('Enter')
  })
  await reader.hear('close the chat', () => page.keyboard.press('Escape'))
  await reader.hear('the agent writes while it is closed', () => agent.say(chat, 'I kept one'))
  await reader.hear('open it again', () => page.keyboard.press('Enter'))
  expect(reader.heard.map((line) => line.replace(/\d+:\d\d.[AP]M/u, '<time>'))).toEqual(HEARD)
})
