/** Answers that a bot suggests, and what it writes while it is being read: by the pointer, by the keyboard, by ear. */
import { AnsweringBot } from '../answering-bot.ts'
import { findings } from '../findings.ts'
import type { ServerProcess } from '../server.ts'
import { expectStored, type Visitor } from './people.ts'
import { Reader } from './reader.ts'
import { expect, test } from './test.ts'

/** The chat in which the bot has heard it. */
async function ask(text: string, server: ServerProcess, visitor: Visitor, bot: AnsweringBot): Promise<string> {
  const asked = bot.asked(text)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say(text)
  return asked
}

test('a customer chooses one of the answers that are suggested, and agents see which there were', async ({ server, visitor, agent }) => {
  const bot = await AnsweringBot.start(server)
  const { page } = visitor
  const suggested = page.getByRole('list', { name: 'Suggested answers' })
  try {
    const chat = await ask('Hello', server, visitor, bot)
    await bot.say(chat, 'What is it about?', ['An order', 'Something <b>else</b>'])
    await expect(suggested.getByRole('button')).toHaveText(['An order', 'Something <b>else</b>'])
    expect(await findings(page)).toEqual([])

    // A draft is nobody's answer, and stays.
    await visitor.box.fill('I meant')
    await suggested.getByRole('button', { name: 'An order' }).evaluate((button: HTMLElement) => {
      for (const _ of 'twice') button.click()
    })
    await expect(visitor.log.getByRole('article').last()).toContainText('An order')
    await expectStored(visitor.log)
    await expect(visitor.log.getByRole('article')).toHaveCount(3)
    await expect(suggested).toHaveCount(0)
    await expect(visitor.box).toHaveValue('I meant')
    await expect(visitor.box).toBeFocused()

    // By the keyboard: they are the next stop before the place to write.
    await bot.say(chat, 'Which one?', ['The last one'])
    await expect(suggested.getByRole('button')).toHaveText(['The last one'])
    await page.keyboard.press('Shift+Tab')
    await expect(suggested.getByRole('button')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(suggested).toHaveCount(0)
    await expect(visitor.log.getByRole('article')).toHaveCount(5)

    await agent.signIn(server.url)
    await agent.openChat()
    const offered = agent.log.getByRole('list', { name: 'Suggested answers' })
    await expect(offered.first().getByRole('listitem')).toHaveText(['An order', 'Something <b>else</b>'])
    await expect(offered.getByRole('button')).toHaveCount(0)

    // Another who answers asks something else.
    await bot.say(chat, 'Thank you. Anything else?', ['No'])
    await expect(suggested).toBeVisible()
    await agent.say('I am a person.')
    await expect(visitor.log).toContainText('I am a person.')
    await expect(suggested).toHaveCount(0)
  } finally {
    bot.stop()
  }
})

test('what the site holds back is not sent by a suggested answer either', async ({ server, visitor }) => {
  const bot = await AnsweringBot.start(server)
  const { page } = visitor
  const suggested = page.getByRole('list', { name: 'Suggested answers' })
  try {
    const chat = await ask('Hello', server, visitor, bot)
    await page.evaluate(() =>
      window.Porchlight.update({ beforeSend: (draft) => draft.text !== 'No' && { ...draft, text: `${draft.text}, please` } }),
    )
    await bot.say(chat, 'Shall I?', ['No', 'Yes'])
    await suggested.getByRole('button', { name: 'No' }).click()
    await suggested.getByRole('button', { name: 'Yes' }).click()
    await expect(visitor.log.getByRole('article')).toHaveText([/Hello/, /Shall I\?/, /Yes, please/])
  } finally {
    bot.stop()
  }
})

test('an answer that grows is told by a screen reader once, when it is whole', async ({ server, visitor }) => {
  const bot = await AnsweringBot.start(server)
  const { page } = visitor
  const reader = await Reader.listenTo(page)
  try {
    const answer = bot.answer(await ask('Is it in stock?', server, visitor, bot))
    await expectStored(visitor.log)
    await expect(visitor.log).toContainText('Lumi is typing')
    await reader.hear('it thinks', async () => undefined)
    const said = visitor.log.getByRole('article').last()
    await reader.hear('it begins', async () => {
      await answer.write('It **is**')
      await expect(said).toContainText('It is')
    })
    await reader.hear('it goes on', async () => {
      await answer.write(', in brass')
      await expect(said).toContainText('It is, in brass')
    })
    await expect(said.locator('.grows')).toBeVisible()
    await reader.hear('it ends', async () => {
      await answer.write(' and in green.')
      await answer.end({ quick_replies: ['I take both'] })
      await expect(said).toContainText('and in green.')
    })
    await expect(said.locator('.grows')).toHaveCount(0)
    const heard = reader.heard.filter((line) => !line.startsWith('focus'))
    const from = heard.indexOf('> it begins')
    expect(heard.slice(from)).toEqual([
      '> it begins',
      '> it goes on',
      '> it ends',
      'polite: It is , in brass and in green.',
      'polite: I take both',
    ])
  } finally {
    bot.stop()
  }
})
