/** What is sent is what is there at that moment, the first time and when it is asked for again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Hooks } from '../../testing/webhooks.ts'

const HOUR = 3_600_000

let hooks: Hooks
beforeEach(async () => {
  hooks = await Hooks.open()
})
afterEach(() => hooks.close())

const numbers = (chat: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `${chat} ${from + at}`)

describe('what is sent', () => {
  it('[WHK8] is what is there when it is sent: text that was deleted by then is not in it', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = 500
    await hooks.chat('c', 1)
    await hooks.commit({ write: 'delete_event', chat_id: 'c', thread_id: 'c-t', event_id: 'c-t_1', by: null })
    sink.manner = 204
    await hooks.drained()
    expect(sink.told.slice(-3)).toEqual(['c 1', 'c 2', 'c 3'])
    expect(sink.posts.filter(({ seq }) => seq > 1).map(({ body }) => body.includes('said in c'))).toEqual([false, false])
  })

  it('[WHK8] of a chat that was deleted is that it was', async () => {
    const id = await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = 500
    await hooks.chat('c', 3)
    await hooks.serve('delete_chat', { chat_id: 'c' })
    const { length } = sink.posts
    sink.manner = 204
    await hooks.drained()
    expect(sink.posts.slice(length).map(({ message }) => message.type)).toEqual(['chat_deleted'])
    expect((await hooks.deliveries(id)).map(({ status, error }) => [status, error])).toEqual([
      ['delivered', undefined],
      ['failed', 'nothing is left to send'],
    ])
  })

  it('has private notes, and no custom id that is its author’s own', async () => {
    await hooks.register('shop')
    await hooks.chat('c')
    const robin = await hooks.organization.agent('robin')
    await hooks.organization.act(robin, 'send_event', {
      chat_id: 'c',
      event: { type: 'message', text: 'psst', visibility: 'agents', custom_id: '~own' },
    })
    await hooks.rest()
    const { message } = hooks.sink('shop').posts.at(-1) ?? {}
    expect(message?.data).toMatchObject({ event: { text: 'psst', visibility: 'agents' } })
    expect(JSON.stringify(message)).not.toContain('~own')
  })

  it('[WHK9] is sent again when it is asked for, under the same id, with what is there now', async () => {
    const webhook_id = await hooks.register('shop')
    await hooks.chat('c', 3)
    const sink = hooks.sink('shop')
    const [, second] = (await hooks.deliveries(webhook_id)).reverse()
    await hooks.commit({ write: 'delete_event', chat_id: 'c', thread_id: 'c-t', event_id: 'c-t_1', by: null })
    await hooks.rest()
    expect(await hooks.serve('replay_webhook_delivery', { delivery_id: second?.id ?? '' })).toMatchObject({
      webhook_delivery: { status: 'replaying' },
    })
    await hooks.rest()
    expect(sink.told).toEqual([...numbers('c', 1, 5), 'c 2'])
    expect(sink.posts.at(-1)?.id).toBe(sink.posts[1]?.id)
    expect(sink.posts.at(-1)?.body).not.toContain('said in')
    expect((await hooks.deliveries(webhook_id)).find(({ seq }) => seq === 2)).toMatchObject({ status: 'delivered', attempts: 2 })
  })

  it('[WHK9] is asked for once, and said to have failed when it did, or when nothing is left', async () => {
    const webhook_id = await hooks.register('shop')
    await hooks.chat('c', 1)
    const sink = hooks.sink('shop')
    const [newest] = await hooks.deliveries(webhook_id)
    const again = async () => {
      await hooks.serve('replay_webhook_delivery', { delivery_id: newest?.id ?? '' })
      await hooks.time.advance(HOUR)
      return (await hooks.deliveries(webhook_id)).find(({ id }) => id === newest?.id)
    }
    sink.manner = 500
    expect(await again()).toMatchObject({ status: 'failed', attempts: 2, error: 'answered 500', delivered_at: newest?.delivered_at })
    expect(sink.posts).toHaveLength(3)
    sink.manner = 204
    await hooks.serve('delete_chat', { chat_id: 'c' })
    expect(await again()).toMatchObject({ status: 'failed', attempts: 2, error: 'nothing is left to send' })
  })

  it('[WHK9] is sent though the server was killed before', async () => {
    const webhook_id = await hooks.register('shop')
    await hooks.chat('c')
    const sink = hooks.sink('shop')
    sink.manner = 'hang'
    const [newest] = await hooks.deliveries(webhook_id)
    await hooks.serve('replay_webhook_delivery', { delivery_id: newest?.id ?? '' })
    await hooks.rest()
    sink.manner = 204
    await hooks.restart()
    expect(sink.told).toEqual(['c 1', 'c 1', 'c 1'])
    expect(await hooks.deliveries(webhook_id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
  })
})
