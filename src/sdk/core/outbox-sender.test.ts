/** How the outbox goes about refusals: what may pass is tried again in order, what is final waits for the sender. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createClock, type FakeClock } from '../../testing/clock.ts'
import { Device, type Tab } from '../../testing/environment.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { type Answer, No, openStage, type Stage } from '../../testing/stage.ts'
import { tell } from '../../testing/story.ts'
import { createFace, type FaceSDK } from '../customer/face.ts'

let clock: FakeClock
let stage: Stage
let tab: Tab
let face: FaceSDK

beforeEach(async () => {
  clock = createClock()
  const network = new Network(clock)
  stage = openStage(network)
  tell(stage, 0)
  tab = new Device({ network, clock, random: createRandom('sender') }).open()
  face = createFace({ server: 'http://chat.test', license: 1, clientId: 'demo' }, tab.environment)
  face.connect()
  await clock.advance(0)
})

interface Sent {
  readonly chat_id: string
  readonly event: { readonly text: string; readonly custom_id: string }
}

let stored = 0
/** As a server stores it. */
const store: Answer = (payload) => {
  const { chat_id, event } = payload as unknown as Sent
  const seq = 1_000 + ++stored
  return {
    chat_id,
    thread_id: 'thread',
    seq,
    event: { ...event, id: `e${seq}`, thread_id: 'thread', author_id: 'me', created_at: '', seq },
  }
}
const sent = () => stage.of('send_event').map(({ payload }) => (payload as unknown as Sent).event.text)
const say = (chat: string, text: string) => {
  const answer = face.conversation(chat).send({ type: 'message', text })
  answer.catch(() => {})
  return answer
}
const echo = (chat: string) => {
  const item = face.conversation(chat).state.items.at(-1)
  if (item?.kind !== 'event') throw new Error('there is no echo')
  return item
}

describe('a refusal that may pass', () => {
  it('is waited out as long as the server said, with all that comes behind it in the chat', async () => {
    stage.answers['send_event'] = () => new No('too_many_requests', { retry_after_ms: 9_000 })
    const answers = [say('chat', 'one'), say('chat', 'two')]
    await clock.advance(8_999)
    expect(sent()).toEqual(['one'])
    stage.answers['send_event'] = store
    await clock.advance(1)
    expect(sent()).toEqual(['one', 'one', 'two'])
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['one', 'two'])
  })

  it('is waited out by the timer, whatever the clock says by then', async () => {
    // A timer keeps whole milliseconds only, and the clock may be set back meanwhile.
    const { now } = tab.environment.clock
    let back = 0
    Object.assign(tab.environment.clock, { now: () => now() - back })
    stage.answers['send_event'] = () => new No('internal')
    const answer = say('chat', 'one')
    await clock.advance(0)
    back = 60_000
    stage.answers['send_event'] = store
    await clock.advance(1_000)
    expect((await answer).text).toBe('one')
  })

  it('in one chat holds up no other', async () => {
    stage.answers['send_event'] = (payload) =>
      payload['chat_id'] === 'chat' ? new No('service_unavailable', { retry_after_ms: 60_000 }) : store(payload)
    say('chat', 'waits')
    const answer = say('other', 'goes')
    await clock.advance(0)
    expect((await answer).text).toBe('goes')
  })

  it('that says no time is tried again and again, less and less often', async () => {
    stage.answers['send_event'] = () => new No('internal')
    say('chat', 'one')
    await clock.advance(60_000)
    const early = sent().length
    await clock.advance(60_000)
    expect(early).toBeGreaterThan(4)
    expect(sent().length - early).toBeLessThanOrEqual(early)
    expect(sent().length - early).toBeGreaterThan(0)
    expect(echo('chat').delivery).not.toBe('failed')
  })
})

describe('a refusal that is final', () => {
  it('[IDM6] leaves what was said in view, with the reason, to be tried again under the same id', async () => {
    stage.answers['send_event'] = () => new No('validation')
    await expect(say('chat', 'one')).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(echo('chat')).toMatchObject({ delivery: 'failed', seq: null, error: { type: 'validation' }, event: { text: 'one' } })
    stage.answers['send_event'] = store
    face.conversation('chat').retry(echo('chat').key)
    await clock.advance(0)
    const [first, second] = stage.of('send_event').map(({ payload }) => (payload as unknown as Sent).event)
    expect(second).toEqual(first)
  })

  it('[IDM6] is there after a reload, and may be discarded', async () => {
    stage.answers['send_event'] = () => new No('validation')
    await say('chat', 'one').catch(() => {})
    await clock.advance(0)
    tab.kill()
    face = createFace({ server: 'http://chat.test', license: 1, clientId: 'demo' }, tab.device.open().environment)
    face.connect()
    await clock.advance(0)
    expect(echo('chat')).toMatchObject({ delivery: 'failed', error: { type: 'validation' } })
    face.conversation('chat').discard(echo('chat').key)
    await clock.advance(60_000)
    expect([face.conversation('chat').state.items, sent()]).toEqual([[], ['one']])
  })

  it('[IDM7] of a start is shared by what was sent behind it, and so is a second try', async () => {
    stage.answers['start_chat'] = () => new No('validation')
    const conversation = face.conversation(null)
    const codes = ['one', 'two'].map((text) => conversation.send({ type: 'message', text }).catch(({ code }: { code: string }) => code))
    expect(await Promise.all(codes)).toEqual(['VALIDATION', 'VALIDATION'])
    expect(conversation.state.items).toMatchObject([{ delivery: 'failed' }, { delivery: 'failed' }])
    expect(stage.of('send_event')).toEqual([])
    stage.answers['start_chat'] = () => undefined
    conversation.retry(conversation.state.items[1]?.key ?? '')
    await clock.advance(0)
    expect(stage.of('start_chat')).toHaveLength(2)
    expect(conversation.state.items).toMatchObject([{ delivery: 'sending' }, { delivery: 'waiting' }])
  })
})

describe('a platform that fails', () => {
  it('once in storage does not stop the outbox', async () => {
    stage.answers['send_event'] = store
    const { storage } = tab.environment
    const { update } = storage
    let writes = 0
    // The first write is what was said, the second belongs to sending it.
    const failing: typeof update = (...given) => (++writes === 2 ? Promise.reject(new Error('the disk is gone')) : update(...given))
    Object.assign(storage, { update: failing })
    say('chat', 'one')
    await clock.advance(0)
    say('chat', 'two')
    await clock.advance(0)
    expect(sent()).toEqual(['one', 'two'])
  })
})
