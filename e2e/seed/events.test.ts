/** The events, as the authors of chat.io's SDK print them: other is only what must be. */
import { expect, logged, section, test } from './test.ts'

section('Events', (snippet) => {
  test(snippet('connected'), async ({ scene }) => {
    await scene.run(['Use the API: init', 'connected'])
    await expect.poll(() => scene.logged).toEqual([['connected'], [[]], [0]])
  })

  test(snippet('connection_lost'), async ({ started }) => {
    await started.run(['connection_lost'])
    await started.server.pause()
    await expect.poll(() => started.logged).toContainEqual(['connection_lost'])
  })

  test(snippet('connection_restored'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['connection_restored'])
    await started.server.pause()
    await started.server.start()
    await expect
      .poll(() => started.logged.filter(([said]) => typeof said !== 'string' || said === 'connection_restored'), { timeout: 30_000 })
      .toMatchObject([['connection_restored'], [[{ id, lastEvent: { text: 'Hello' } }]], [1]])
  })

  test(snippet('customer_id'), async ({ scene }) => {
    await scene.run(['Use the API: init', 'customer_id'])
    await logged(scene).toEqual(['customer id is', await scene.call(async (sdk) => (await sdk.auth.getToken()).entityId)])
  })

  test(snippet('disconnected'), async ({ started }) => {
    await started.run(['disconnected'])
    await started.server.pause()
    await expect.poll(() => started.logged).toContainEqual(['service_temporarily_unavailable'])
  })

  test(snippet('last_seen_timestamp_updated'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['last_seen_timestamp_updated'])
    await started.agent.ask('mark_events_as_seen', { chat_id: id, seen_up_to: new Date().toISOString() })
    await expect.poll(() => started.logged).toEqual([[id], [expect.any(String)], [expect.any(Number)]])
  })

  test(snippet('new_event'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['new_event'])
    await started.agent.say(id, 'News')
    await logged(started).toEqual(['new message - ', 'News'])
  })

  test(snippet('user_data'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['user_data'])
    await started.agent.say(id, 'Hello')
    await logged(started).toMatchObject([{ id: expect.any(String), type: 'agent', name: 'Robin' }])
  })

  test(snippet('user_joined_chat'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['user_joined_chat'])
    await started.agent.say(id, 'Hello')
    await logged(started).toEqual([{ user: expect.any(String), chat: id }])
  })

  test(snippet('user_left_chat'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['user_left_chat'])
    // Nothing that the server does for agents takes them out of a chat yet; this is how it will say so.
    started.push('user_removed_from_chat', { chat_id: id, user_id: 'robin', created_at: new Date().toISOString() })
    await logged(started).toEqual([{ user: 'robin', chat: id }])
  })

  test(snippet('user_is_typing'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['user_is_typing'])
    await started.agent.ask('send_typing_indicator', { chat_id: id, is_typing: true })
    await logged(started).toMatchObject([expect.stringMatching(`^user with \\S+ id is writing something in ${id}$`)])
  })

  test(snippet('user_stopped_typing'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['user_stopped_typing'])
    await started.agent.ask('send_typing_indicator', { chat_id: id, is_typing: true })
    await started.agent.ask('send_typing_indicator', { chat_id: id, is_typing: false })
    await logged(started).toMatchObject([expect.stringMatching(`^user with \\S+ id stopped writing in ${id}$`)])
  })

  test(snippet('thread_closed'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['thread_closed'])
    await started.agent.ask('deactivate_chat', { id })
    await logged(started).toEqual([id])
  })

  test(snippet('thread_summary'), async ({ started }) => {
    const { id, thread } = await started.startChat()
    await started.run(['thread_summary'])
    await started.page.evaluate(`customerSDK.getChatHistory('${id}').next()`)
    await logged(started).toEqual([{ id: thread, chat: id, order: expect.any(Number), totalEvents: 1 }])
  })
})
