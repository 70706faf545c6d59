/** The demo's bot, started by its one command: it answers customers as the words come, until a person does or is asked for. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ServerProcess } from '../server.ts'
import { expect, test } from './test.ts'

const DEMO = fileURLToPath(new URL('../../.ci/demo.mjs', import.meta.url))

/** Resolves with the way to end it, once it is there to answer. */
async function start(server: ServerProcess): Promise<() => Promise<void>> {
  const env = { ...process.env, PORT: String(server.port), PORCHLIGHT_DATA: server.data }
  const bot = spawn(process.execPath, [DEMO, 'bot'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await Promise.race([once(createInterface(bot.stdout), 'line'), once(bot, 'exit')])
  if (bot.exitCode !== null) throw new Error('unable to start the bot; it has ended')
  return async () => {
    bot.kill('SIGTERM')
    await once(bot, 'exit')
  }
}

test('npm run demo:bot: a customer is answered in full, and by nobody else once a person is there', async ({ server, visitor, agent }) => {
  const stop = await start(server)
  try {
    await visitor.visit(server.url)
    await visitor.openChat()
    await visitor.say('Where is my order?')
    await expect(visitor.log).toContainText('Orders leave us within a day')
    await expect(visitor.log).toContainText('where yours is right now.')
    await agent.signIn(server.url)
    await agent.openChat()
    await visitor.say('How do I return it?')
    await expect(visitor.log).toContainText('You have thirty')
    await agent.say('I am here.')
    await expect(visitor.log).toContainText('I am here.')
    await visitor.say('When are you open?')
    await expect(agent.log).toContainText('When are you open?')
    await agent.say('From nine to five.')
    await expect(visitor.log).toContainText('From nine to five.')
    await expect(visitor.log).not.toContainText('the parcel is with us')
    await expect(visitor.log).not.toContainText('I am here whenever you are')
  } finally {
    await stop()
  }
})

test('npm run demo:bot: whoever asks for a person is left to people, who read why', async ({ server, visitor, agent }) => {
  const stop = await start(server)
  try {
    await visitor.visit(server.url)
    await visitor.openChat()
    await visitor.say('I want to talk to a person')
    await expect(visitor.log).toContainText('I am getting somebody.')
    await agent.signIn(server.url)
    await agent.openChat()
    await expect(agent.log).toContainText('Wants to talk to a person. The last words were: I want to talk to a person')
    await agent.say('Hello, how can I help?')
    await expect(visitor.log).toContainText('Hello, how can I help?')
    await expect(visitor.log).not.toContainText('The last words were')
  } finally {
    await stop()
  }
})
