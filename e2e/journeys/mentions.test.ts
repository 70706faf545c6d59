/** An agent whom somebody names hears of it wherever they are in the inbox, and when they come back; in the list it stays until they have looked. */
import type { Locator } from '@playwright/test'
import { AnsweringAgent } from '../answering.ts'
import { findings } from '../findings.ts'
import type { ServerProcess } from '../server.ts'
import { Agent, expectStored, type Visitor } from './people.ts'
import { expect, test } from './test.ts'

interface Colleague {
  readonly chat: string
  /** A note that names Robin. */
  callRobin(text: string): Promise<void>
  close(): Promise<void>
}

/** A visitor asks, and Sam has seen it. */
async function begin(server: ServerProcess, visitor: Visitor): Promise<Colleague> {
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Is it in stock?')
  await expectStored(visitor.log)
  const email = 'sam@demo.test'
  const { password } = await server.command<{ password: string }>('agent', 'create', email, '--name', 'Sam')
  const { agents } = await server.command<{ agents: { id: string; name: string }[] }>('agent', 'list')
  const mentions = agents.filter(({ name }) => name === 'Robin').map(({ id }) => id)
  const sam = await AnsweringAgent.signIn(server, { email, password })
  const chat = (await sam.chatSaying('Is it in stock?')) ?? ''
  return {
    chat,
    callRobin: (text) => sam.ask('send_event', { chat_id: chat, event: { type: 'message', text, visibility: 'agents', mentions } }),
    close: () => sam.ask('deactivate_chat', { id: chat }),
  }
}

const told = ({ page }: Agent, text: string): Locator => page.getByRole('status').filter({ hasText: text })

test('a note that names an agent is told at once, and marked in every tab until it was seen in one', async ({ server, visitor, agent }) => {
  const sam = await begin(server, visitor)
  await agent.signIn(server.url)
  await agent.openChat()
  await expect(agent.page).toHaveTitle(/^Inbox/)
  await agent.page.goto(`${server.url}/inbox/#chats`)
  const row = agent.chats.first()
  await expect(row).not.toContainText('Mentions you')

  await sam.callRobin('@Robin, do we have it in green?')
  await expect(told(agent, 'Sam mentioned you')).toBeVisible()
  await expect(row.getByRole('link')).toHaveAccessibleName(/Mentions you/)
  await expect(agent.page).toHaveTitle(/^\(1\)/)
  for (const colorScheme of ['light', 'dark'] as const) {
    await agent.page.emulateMedia({ colorScheme })
    expect(await findings(agent.page), colorScheme).toEqual([])
  }

  // Another tab reads it at sign-in, and both have seen it when one has.
  const other = new Agent(await agent.page.context().newPage())
  await other.page.goto(`${server.url}/inbox/`)
  await expect(other.chats.first()).toContainText('Mentions you')
  await other.openChat()
  await expect(other.log).toContainText('do we have it in green?')
  await expect(other.log.locator('.mention')).toHaveText('@Robin')
  for (const { chats } of [other, agent]) await expect(chats.first()).not.toContainText('Mentions you')
  await expect(agent.page).toHaveTitle(/^Inbox/)
})

test('what named an agent who was away is there when they come back, though the chat is closed by now', async ({
  server,
  visitor,
  agent,
}) => {
  const sam = await begin(server, visitor)
  await sam.callRobin('@Robin, can you look?')
  await sam.callRobin('@Robin, no hurry')
  await sam.close()
  await agent.signIn(server.url)
  await expect(told(agent, 'You were mentioned 2 times')).toBeVisible()
  const row = agent.chats.first()
  await expect(row).toContainText('Closed')
  await expect(row).toContainText('Mentions you')
  await row.click()
  await expect(agent.log).toContainText('no hurry')
  await expect(row).not.toContainText('Mentions you')
  await expect(row.getByRole('link')).toHaveAttribute('aria-current', 'true')
  // A closed chat is nothing to answer.
  await agent.page.goto(`${server.url}/inbox/#chats`)
  await expect(agent.chats).toHaveCount(0)
})
