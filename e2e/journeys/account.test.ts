/** A browser that two customers of a shop share, by the shop's own back end: each finds their own chat, in every tab, and nothing else. */
import { type Agent, type ChatPageVisitor, seen } from './people.ts'
import { expect, test } from './test.ts'

const numbered = /(?:guest|ada|bo|robin) \d/

/** What the chats in the inbox say, by the names of their customers. */
async function inbox(agent: Agent): Promise<Record<string, string[]>> {
  const chats: Record<string, string[]> = {}
  for (const row of await agent.chats.all()) {
    await row.click()
    const name = await agent.page.getByRole('region', { name: 'Conversation' }).getByRole('heading').textContent()
    chats[name ?? ''] = await seen(agent.log, numbered)
  }
  return chats
}

async function expectAll(tabs: readonly ChatPageVisitor[], name: string | null, texts: readonly string[]): Promise<void> {
  for (const { status, log } of tabs) {
    await expect(status).toHaveText(name ? `Connected as ${name}` : 'Connected')
    await expect.poll(() => seen(log, numbered)).toEqual(texts)
  }
}

test('two customers sign in and out in two tabs', async ({ server, shop, customer, agent }) => {
  test.setTimeout(120_000)
  await customer.visit(shop.url)
  const other = await customer.another()
  await other.visit(shop.url)
  const tabs = [customer, other]

  await customer.say('guest 1')
  await expectAll(tabs, null, ['guest 1'])
  await customer.signIn('Ada Palmer')
  await customer.say('ada 1')
  await expectAll(tabs, 'Ada Palmer', ['guest 1', 'ada 1'])
  await customer.box.fill('a draft of Ada')
  await customer.signOut()
  await expectAll(tabs, null, [])
  await expect(customer.box).toHaveValue('')

  await other.say('guest 2')
  await other.signIn('Bo Lindqvist')
  await other.say('bo 1')
  const bo = ['guest 2', 'bo 1']
  await expectAll(tabs, 'Bo Lindqvist', bo)

  await agent.signIn(server.url)
  await expect(agent.chats).toHaveCount(2)
  await expect.poll(() => inbox(agent)).toEqual({ 'Ada Palmer': ['guest 1', 'ada 1'], 'Bo Lindqvist': bo })
  await agent.chats.filter({ hasText: 'Ada Palmer' }).click()
  await agent.say('robin 1')

  await customer.signOut()
  await customer.signIn('Ada Palmer')
  await expectAll(tabs, 'Ada Palmer', ['guest 1', 'ada 1', 'robin 1'])
  await other.say('ada 2')
  const ada = ['guest 1', 'ada 1', 'robin 1', 'ada 2']
  await expectAll(tabs, 'Ada Palmer', ada)
  for (const { page } of [...tabs, agent]) await page.reload()
  await expectAll(tabs, 'Ada Palmer', ada)
  await expect.poll(() => inbox(agent)).toEqual({ 'Ada Palmer': ada, 'Bo Lindqvist': bo })
})

test('what was on its way when somebody else signed in is neither shown to them nor said in their name', async ({
  server,
  shop,
  customer,
  agent,
}) => {
  const { page, log } = customer
  let cut = false
  await page.routeWebSocket(/\/rtm/, (socket) => {
    const wire = socket.connectToServer()
    // Of the first link only, which is that of the first customer.
    const own = !cut
    socket.onMessage((frame) => void ((own && cut && String(frame).includes('ada 2')) || wire.send(frame)))
    wire.onMessage((frame) => void ((own && cut) || socket.send(frame)))
  })
  await customer.visit(shop.url)
  await customer.signIn('Ada Palmer')
  await customer.say('ada 1')
  await agent.signIn(server.url)
  await agent.openChat()
  await expect(agent.log).toContainText('ada 1')

  cut = true
  await customer.say('ada 2')
  await agent.say('robin 1')
  await customer.signOut()
  await customer.signIn('Bo Lindqvist')
  await customer.say('bo 1')
  await expect(agent.chats).toHaveCount(2)
  await expect.poll(() => inbox(agent)).toEqual({ 'Ada Palmer': ['ada 1', 'robin 1'], 'Bo Lindqvist': ['bo 1'] })
  // Longer than what was sent has to arrive.
  await page.waitForTimeout(6_000)
  expect(await seen(log, numbered)).toEqual(['bo 1'])
  await expect.poll(() => inbox(agent)).toEqual({ 'Ada Palmer': ['ada 1', 'robin 1'], 'Bo Lindqvist': ['bo 1'] })
})
