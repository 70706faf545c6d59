/** The inbox in an agent's hands: what is meant for colleagues stays there, no key is a trap, and the list says what goes on. */
import { type Agent, expectStored, type Visitor } from './people.ts'
import { expect, test } from './test.ts'

/** Says something as the visitor, and opens the chat as the agent. */
async function begin(server: { readonly url: string }, visitor: Visitor, agent: Agent): Promise<void> {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Anyone there?')
  await expectStored(visitor.log)
  await agent.signIn(server.url)
  await agent.openChat()
  await expect(agent.log).toContainText('Anyone there?')
}

test('a note chosen with the mouse is typed into the field and stays among agents', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = agent
  await page.getByRole('button', { name: 'Private note' }).click()
  await expect(agent.box).toBeFocused()
  await page.keyboard.type('secret remark')
  await expect(agent.box).toHaveValue('secret remark')
  await page.keyboard.press('Enter')
  await expect(agent.log).toContainText('secret remark')
  await agent.page.getByRole('button', { name: 'Private note' }).click()
  await agent.say('An answer')
  await expect(visitor.log).toContainText('An answer')
  await expect(visitor.log).not.toContainText('secret remark')
  await expect(visitor.log).not.toContainText('ended')
})

test('keys on the tools around the field are no shortcuts, and `r` keeps a note a note', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = agent
  const note = page.getByRole('button', { name: 'Private note' })
  await note.focus()
  await page.keyboard.type('ern')
  await expect(note).toBeFocused()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)

  await page.getByRole('heading', { name: /^Visitor/ }).focus()
  await page.keyboard.press('n')
  await expect(note).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  await expect(agent.box).toBeFocused()
  await expect(note).toHaveAttribute('aria-pressed', 'true')
})

test('a chat that a key closes can be kept open for a while', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = agent
  const undo = page.getByRole('button', { name: 'Undo' })
  for (const keep of [() => undo.click(), () => page.keyboard.press('z')]) {
    await page.getByRole('heading', { name: /^Visitor/ }).focus()
    await page.keyboard.press('e')
    await expect(page.getByRole('status').filter({ has: undo })).toContainText('Closing the chat with Visitor')
    await keep()
    await expect(undo).toHaveCount(0)
  }
  await page.keyboard.press('e')
  await expect(undo).toHaveCount(0, { timeout: 15_000 })
  await expect(visitor.log).toContainText('Chat ended')
})

test('the list shows what is being typed, and lists no chat without a word', async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.page.getByRole('button', { name: 'Start chat' }).click()
  await expect(visitor.box).toBeFocused()
  await visitor.page.keyboard.type('Where is')
  await expect(agent.chats).toContainText(['Typing Where is'], { useInnerText: true })
  await agent.openChat()
  await expect(agent.page.getByRole('region', { name: /is typing, not sent yet$/ })).toContainText('Where is')
  await expect(agent.page.getByRole('region', { name: /typed this, not sent yet$/ })).toContainText('Where is', { timeout: 15_000 })
  await agent.page.goto(`${server.url}/inbox/#chats`)
  await expect(agent.chats).toHaveCount(0)
  await agent.page.getByText('Show all chats').click()
  await expect(agent.chats).toContainText(['No messages yet'])
})

test('a search says what it looks through', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const { page } = agent
  await page.getByRole('searchbox', { name: 'Search names and last messages' }).fill('refund')
  await expect(page.getByText('No name or last message has “refund”')).toBeVisible()
})

test('a visitor without a name has one name everywhere', async ({ server, visitor, agent }) => {
  await begin(server, visitor, agent)
  const name = (await agent.page.getByRole('heading', { name: /^Visitor \w{4}$/ }).textContent()) ?? ''
  await expect(agent.log.getByText(name, { exact: true })).toBeVisible()
})
