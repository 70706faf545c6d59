/** The main job: a customer asks, an agent answers, and a reload forgets nothing. */
import { expect, test } from './test.ts'

test('a customer asks and an agent answers', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()

  await visitor.box.pressSequentially('Where is my order?')
  await agent.openChat()
  await expect(agent.peek).toContainText('Where is my order?')
  await expect(agent.log).not.toContainText('Where is my order?')
  await visitor.page.keyboard.press('Enter')
  await expect(agent.log).toContainText('Where is my order?')

  await agent.say('It left our house this morning.')
  await expect(visitor.log).toContainText('It left our house this morning.')
})

test('a reload keeps the history and the draft', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('One lamp, please')
  await agent.openChat()
  await agent.say('Which colour?')
  await expect(visitor.log).toContainText('Which colour?')
  await visitor.box.fill('Something war')
  // Who writes is a moment ahead of what is kept; what an agent sees of it is.
  await expect(agent.peek).toContainText('Something war')

  await visitor.page.reload()
  await visitor.reopen()
  await expect(visitor.log).toContainText('One lamp, please')
  await expect(visitor.log).toContainText('Which colour?')
  await expect(visitor.box).toHaveValue('Something war')

  await agent.page.reload()
  await agent.openChat()
  await expect(agent.log).toContainText('One lamp, please')
  await expect(agent.log).toContainText('Which colour?')
})

test('a closed thread says so, and the next message opens another', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('First question')
  await agent.openChat()
  await expect(agent.log).toContainText('First question')
  await agent.page.getByRole('button', { name: 'Close chat' }).click()
  await expect(visitor.log).toContainText(/closed|ended/i)
  await visitor.say('One more thing')
  await expect(agent.log).toContainText('One more thing')
})

test('an answer that opens a closed chat again is seen by who looks at it', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Anyone?')
  await agent.openChat()
  await expect(agent.log).toContainText('Anyone?')
  await agent.page.getByRole('button', { name: 'Close chat' }).click()
  await expect(visitor.log).toContainText(/closed|ended/i)
  await agent.say('Here I am')
  await expect(visitor.log).toContainText('Here I am')
  await expect(agent.log.getByText('Seen', { exact: true })).toBeVisible()
})
