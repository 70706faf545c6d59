/** The client's copy of a log: dense, in order, each entry once, however entries come. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { LogPush } from '../../protocol/pushes.ts'
import { createClock, type FakeClock } from '../../testing/clock.ts'
import { Device } from '../../testing/environment.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { No, openStage, type Stage, welcome } from '../../testing/stage.ts'
import { type Story, tell } from '../../testing/story.ts'
import { createFace, type FaceSDK } from '../customer/face.ts'
import type { Conversation } from './views.ts'

let clock: FakeClock
let network: Network
let stage: Stage
let story: Story
let face: FaceSDK
let conversation: Conversation

/** Looks at a chat with a log of this length. */
async function look(length: number): Promise<void> {
  story = tell(stage, length)
  const { environment } = new Device({ network, clock, random: createRandom('replica') }).open()
  face = createFace({ server: 'http://chat.test', license: 1, clientId: 'demo' }, environment)
  face.connect()
  conversation = face.conversation('chat')
  conversation.open()
  await clock.advance(0)
  stage.heard.length = 0
}

beforeEach(() => {
  clock = createClock()
  network = new Network(clock)
  stage = openStage(network)
})

const push = async (...entries: LogPush[]) => {
  for (const { action, payload } of entries) stage.push(action, payload)
  await clock.advance(0)
}
const seqs = () => conversation.state.items.map(({ seq }) => seq)
const texts = () => conversation.state.items.flatMap((item) => (item.kind === 'event' ? [item.event.text] : []))
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

/** A new link. Of the chat the server says that it stands elsewhere. */
async function comeBack(status: 'moved' | 'reset' | 'gone', epoch = 'first'): Promise<void> {
  stage.answers['login'] = () => ({ ...welcome, epoch, chats: [{ chat_id: 'chat', seq: story.chat.seq, status }] })
  network.opened.at(-1)?.cut()
  await clock.advance(1_000)
}

describe('an entry', () => {
  it('that comes next is shown at once, and nothing is asked for', async () => {
    await look(3)
    await push(story.say('four'), story.say('five'))
    expect(seqs()).toEqual(upTo(5))
    expect(stage.of('sync')).toEqual([])
  })

  it('[LOG3] behind a hole is not shown before what is missing has been fetched', async () => {
    await look(3)
    const { sync } = stage.answers
    stage.answers['sync'] = () => undefined
    story.say('four')
    await push(story.say('five'), story.say('six'))
    expect(seqs()).toEqual(upTo(3))
    expect(stage.of('sync').map(({ payload }) => payload)).toMatchObject([{ chat_id: 'chat', after: 3 }])
    stage.answer(stage.of('sync')[0], sync?.({ after: 3 }) ?? {})
    await clock.advance(0)
    expect(texts().slice(3)).toEqual(['four', 'five', 'six'])
  })

  it('[RES6] that is held already changes nothing', async () => {
    await look(3)
    const [four, five] = [story.say('four'), story.say('five')]
    await push(four, five)
    const before = conversation.state
    let told = 0
    conversation.subscribe(() => told++)
    await push(four, four, five, story.entries[0] as LogPush)
    expect(conversation.state).toEqual(before)
    expect(conversation.state.unread_count).toBe(2)
    expect([told, stage.of('sync').length]).toEqual([0, 0])
  })

  it('[RES6] that a catch-up and a push both bring is there once, whichever is first', async () => {
    await look(3)
    const [four, five] = [story.say('four'), story.say('five')]
    await push(five, four, five)
    expect(seqs()).toEqual(upTo(5))
    network.opened.at(-1)?.down.hold()
    const six = story.say('six')
    stage.push(six.action, six.payload)
    await comeBack('moved')
    await push(six)
    expect(seqs()).toEqual(upTo(6))
  })

  it('[RES8] with from_seq stands for the whole range', async () => {
    await look(3)
    await push(story.mark('robin', 3, 4))
    expect(stage.of('sync')).toEqual([])
    await push(story.say('eight'))
    expect(stage.of('sync')).toEqual([])
    expect(story.entries.at(-1)?.payload.seq).toBe(8)
    expect(seqs()).toEqual([1, 2, 3, 8])
    expect(conversation.state.users.find(({ id }) => id === 'robin')?.seen_seq).toBe(8)
  })

  it('[RES8] whose range begins within what is held is taken as the rest of it', async () => {
    await look(3)
    const range = story.mark('robin', 3, 4)
    await push({ ...range, payload: { ...range.payload, from_seq: 2 } } as LogPush)
    await push(story.say('eight'))
    expect([seqs(), stage.of('sync').length]).toEqual([[1, 2, 3, 8], 0])
  })

  it('[RES8] whose range begins behind a hole waits for what is missing', async () => {
    await look(3)
    story.say('four')
    await push(story.mark('robin', 4, 3))
    expect(stage.of('sync').map(({ payload }) => payload?.['after'])).toEqual([3])
    await push(story.say('eight'))
    expect([seqs(), stage.of('sync').length]).toEqual([[1, 2, 3, 4, 8], 1])
  })

  it('[RES8] with a range comes in a catch-up as well', async () => {
    await look(3)
    story.mark('robin', 3, 5)
    story.say('nine')
    await comeBack('moved')
    expect([seqs(), stage.of('sync').length]).toEqual([[1, 2, 3, 9], 1])
  })

  it('[CON5] of a kind that is not known holds its place and changes nothing else', async () => {
    await look(3)
    const reaction = { action: 'reaction_added', payload: { chat_id: 'chat', seq: 4, created_at: '', emoji: '👍' } }
    stage.push(reaction.action, reaction.payload)
    const five = story.say('five')
    const payload = { ...five.payload, seq: 5 }
    stage.push(five.action, payload)
    await clock.advance(0)
    expect([texts().at(-1), seqs().at(-1), stage.of('sync').length]).toEqual(['five', 5, 0])
  })
})

describe('coming back', () => {
  it('[RES1] names what is held, and fetches what was missed', async () => {
    await look(3)
    for (let n = 4; n <= 250; n++) story.say(`said ${n}`)
    await comeBack('moved')
    expect(stage.of('login').at(-1)?.payload).toMatchObject({ epoch: 'first', chats: [{ chat_id: 'chat', seq: 3 }] })
    expect(stage.of('sync').map(({ payload }) => payload?.['after'])).toEqual([3, 103, 203])
    expect(seqs()).toEqual(upTo(250))
  })

  it('a catch-up that a lost link broke off is resumed where it stopped', async () => {
    await look(3)
    for (let n = 4; n <= 250; n++) story.say(`said ${n}`)
    const { sync } = stage.answers
    stage.answers['sync'] = (payload) => (payload['after'] === 3 ? sync?.(payload) : undefined)
    await comeBack('moved')
    expect(seqs()).toEqual(upTo(103))
    stage.answers['sync'] = (payload) => sync?.(payload)
    await comeBack('moved')
    expect(stage.of('login').at(-1)?.payload).toMatchObject({ chats: [{ chat_id: 'chat', seq: 103 }] })
    expect(seqs()).toEqual(upTo(250))
  })

  it('[RES4] more than 500 behind shows the tail first, and the hole as the reader scrolls', async () => {
    await look(3)
    for (let n = 4; n <= 700; n++) story.say(`said ${n}`)
    await comeBack('moved')
    const fetched = () => stage.of('sync').map(({ payload }) => Number(payload?.['after']))
    expect(seqs().at(-1)).toBe(700)
    expect(conversation.state.has_older).toBe(true)
    expect(Math.min(...fetched())).toBeGreaterThanOrEqual(500)
    for (let pages = 0; conversation.state.has_older && pages < 20; pages++) {
      const shown = seqs()
      expect(shown).toEqual(upTo(700, Number(shown[0])))
      const loading = conversation.loadOlder()
      await clock.advance(0)
      await loading
      expect(seqs().length).toBeGreaterThan(shown.length)
    }
    expect(seqs()).toEqual(upTo(700))
    expect(new Set(fetched()).size).toBe(fetched().length)
  })

  it('500 behind catches up with all of it', async () => {
    await look(3)
    for (let n = 4; n <= 503; n++) story.say(`said ${n}`)
    await comeBack('moved')
    expect(seqs()).toEqual(upTo(503))
  })

  it.each(['a chat that is reset', 'another epoch'])('[EPO2] loads %s again', async (what) => {
    await look(8)
    story.forget()
    story.say('a new beginning')
    if (what === 'another epoch') await comeBack('moved', 'second')
    else await comeBack('reset')
    expect([texts(), seqs()]).toEqual([['a new beginning'], [1]])
    await push(story.say('and on'))
    expect(texts()).toEqual(['a new beginning', 'and on'])
  })

  it('[EPO2] loads a chat again when a catch-up is told so', async () => {
    await look(8)
    story.forget()
    story.say('a new beginning')
    const beyond = { ...story.entries[0], payload: { ...story.entries[0]?.payload, seq: 12 } } as LogPush
    await push(beyond)
    expect([texts(), seqs()]).toEqual([['a new beginning'], [1]])
  })

  it('drops what is gone, and says so', async () => {
    await look(3)
    Object.assign(stage.answers, { list_chats: () => ({ chats_summary: [], total_chats: 0 }), get_chat: () => new No('not_found') })
    await comeBack('gone')
    expect(conversation.state).toMatchObject({ gone: true })
    expect(face.chats.state.chats).toEqual([])
  })

  it('tries again when the server could not answer, no sooner than it was told', async () => {
    await look(3)
    const { sync } = stage.answers
    stage.answers['sync'] = () => new No('too_many_requests', { retry_after_ms: 4_000 })
    story.say('four')
    await push(story.say('five'))
    await clock.advance(3_999)
    expect(stage.of('sync')).toHaveLength(1)
    stage.answers['sync'] = (payload) => sync?.(payload)
    await clock.advance(1)
    expect(seqs()).toEqual(upTo(5))
  })
})
