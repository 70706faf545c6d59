/** The methods, as the authors of chat.io's SDK print them: other is only what must be. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Scene } from './scene.ts'
import { CHAT, expect, logged, section, test } from './test.ts'

section('Methods', (snippet) => {
  test(snippet('closeThread'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['closeThread'], { [CHAT]: id })
    await logged(started).toEqual([{ success: true }])
    const { chats_summary } = await started.agent.ask<{ chats_summary: { active: boolean }[] }>('list_chats', { limit: 1 })
    expect(chats_summary.map(({ active }) => active)).toEqual([false])
  })

  test(snippet('destroy'), async ({ started }) => {
    await started.run(['destroy'])
    const code = started.call((sdk) => sdk.sendMessage('any', { text: 'Hi' }).then(String, ({ code }: { code: string }) => code))
    expect(await code).toBe('SDK_DESTROYED')
  })

  test(snippet('disconnect'), async ({ started }) => {
    await started.run(['disconnect'])
    const code = started.call((sdk) => sdk.getChatsSummary().then(String, ({ code }: { code: string }) => code))
    expect(await code).toBe('NO_CONNECTION')
  })

  test(snippet('getChatHistory'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.agent.say(id, 'Hello yourself')
    await started.run(['getChatHistory'], { OU0V0P0OWT: id })
    await logged(started).toMatchObject([[{ text: 'Hello' }, { text: 'Hello yourself' }]])
    expect(await started.page.evaluate('wholeChatHistoryLoaded')).toBe(true)
  })

  test(snippet('getChatsSummary'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['getChatsSummary'])
    await logged(started).toMatchObject([
      [{ id, users: [expect.any(String)], lastEvent: { text: 'Hello' }, lastEventsPerType: { message: { text: 'Hello' } } }],
    ])
    const [[[summary]]] = started.logged as [[[{ lastSeenTimestamps: object; users: string[] }]]]
    expect(Object.keys(summary.lastSeenTimestamps)).toEqual(summary.users)
    await logged(started, 1).toEqual([1])
  })

  test(snippet('getChatThreads'), async ({ started }) => {
    const { id, thread } = await started.startChat()
    const ids = [thread]
    const printed = ['OS0C0W0Z1B', 'OS0I0M0J0G', 'OT01080705', 'OT0E02082U', 'OT0E08040G']
    while (ids.length < printed.length) {
      await started.page.evaluate(`customerSDK.closeThread('${id}')`)
      ids.push((await started.page.evaluate(`customerSDK.sendMessage('${id}', { text: 'Again' }).then(({ thread }) => thread)`)) as string)
    }
    const names = Object.fromEntries(printed.map((name, at) => [name, ids[at] ?? '']))
    // The misprint: what is logged is the error, and the parenthesis closes.
    await started.run(['getChatThreads'], { ...names, [CHAT]: id, 'console.log(rror': 'console.log(error)' })
    await logged(started).toHaveLength(1)
    const [threads] = started.logged[0] as [
      { id: string; chat: string; active: boolean; order: number; users: string[]; events: object[] }[],
    ]
    expect(threads.map((thread) => thread.id).sort()).toEqual([...ids].sort())
    for (const { chat, events, users } of threads) expect([chat, events.length, users.length]).toEqual([id, 1, 1])
    expect(threads.map(({ active }) => active).filter(Boolean)).toHaveLength(1)
  })

  test(snippet('getChatThreadsSummary'), async ({ started }) => {
    const { id, thread } = await started.startChat()
    await started.run(['getChatThreadsSummary'], { [CHAT]: id })
    await logged(started).toEqual([[{ id: thread, chat: id, order: expect.any(Number), totalEvents: 1 }]])
    await logged(started, 1).toEqual([1])
  })

  test(snippet('sendEvent'), async ({ started }) => {
    const { id } = await started.startChat()
    // The property that its type needs.
    await started.run(['sendEvent'], { [CHAT]: id, "// ... other properties specific for the event's type": "text: 'An event'," })
    await logged(started).toMatchObject([{ type: 'message', text: 'An event', id: expect.any(String), timestamp: expect.any(Number) }])
    expect(await started.agent.chatSaying('An event')).toBe(id)
  })

  test(snippet('sendMessage'), async ({ started }) => {
    const { id, thread } = await started.startChat()
    await started.run(['sendMessage'], { [CHAT]: id })
    await logged(started).toMatchObject([{ type: 'message', text: 'Hello', thread }])
    const [[event]] = started.logged as [[object]]
    expect(Object.keys(event)).not.toContain('customId')
  })

  test(snippet('setSneakPeek'), async ({ started, agent, server }) => {
    const { id } = await started.startChat()
    await agent.signIn(server.url)
    await agent.openChat()
    await started.run(['setSneakPeek'], { [CHAT]: id })
    await expect(agent.page.getByRole('region', { name: 'Conversation' }).getByText('what is the price for your')).toBeVisible()
  })

  test(snippet('startChat'), async ({ started }) => {
    await started.run(['startChat'])
    await logged(started).toMatchObject([{ id: expect.any(String), users: [expect.any(String)], threads: [expect.any(String)] }])
  })

  test(snippet('updateLastSeenTimestamp'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.agent.say(id, 'Seen?')
    await started.call((sdk) => new Promise((resolve) => sdk.on('new_event', () => resolve(null))))
    await started.run(['updateLastSeenTimestamp'], { [CHAT]: id })
    await logged(started).toEqual([{ timestamp: expect.any(Number) }])
    // A moment of 2017, before which nothing was said: all is as unseen as it was.
    expect(await started.call(async (sdk) => (await sdk.getChatsSummary()).chatsSummary[0]?.unreadCount)).toBe(1)
  })

  test(snippet('$$observable'), async ({ page, server }) => {
    const rx = readFileSync(createRequire(import.meta.url).resolve('rxjs5/bundles/Rx.js'), 'utf8')
    const scene = await Scene.open(page, server)
    await page.addScriptTag({ content: rx })
    await scene.run(['Use the API: init', '$$observable'], { "import Rx from '@reactivex/rxjs'\n": '', visitorSDK: 'customerSDK' })
    await expect.poll(() => scene.logged.map(([name]) => name)).toContain('connected')
    expect(scene.logged).toContainEqual(['connected', { chatsSummary: [], totalChats: 0 }])
    expect(scene.logged).toContainEqual(['customer_id', expect.any(String)])
    await scene.close()
  })
})
