/** A bot on duty: its SDK against the real gateway, a customer who has asked it something, and people who may come by. */
import { createAgent } from '../sdk/agent/agent.ts'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type { Answer, Event } from '../sdk/agent/types.ts'
import { createAgent as insertAgent, newAgent } from '../server/domain/agents.ts'
import { Device } from './environment.ts'
import { openScene, type Peer, type Scene } from './gateway.ts'
import { vouchFor } from './identity.ts'
import { createRandom } from './random.ts'

interface Program {
  readonly sdk: AgentSDK
  /** The computer that it runs on. */
  readonly device: Device
}

export interface Shift extends Program {
  readonly scene: Scene
  readonly ann: Peer
  /** Her support chat. */
  readonly chat: string
  /** Another program that comes in by the word of the host's back end. */
  program(name: string): Program
  /** An agent at the inbox. */
  person(): Promise<AgentSDK>
  settle(): Promise<void>
  /** What is at most awaited while time goes on. */
  within<T>(ms: number, promise: Promise<T>): Promise<T>
  /** A word every so many ms. */
  say(answer: Answer, words: readonly string[], every: number): Promise<void>
  stored(event: Event | null): Promise<Event>
  /** Texts of the events that Ann was pushed. */
  heard(): (string | undefined)[]
  end(): Promise<void>
}

const SERVER = 'http://chat.test'

export const WORDS = Array.from({ length: 60 }, (_, at) => ` word ${at}`)

export const pushed = (peer: Peer, action: string) => peer.pushes.filter((push) => push.action === action)

/** Why the answer was broken off. */
export const reasonOf = ({ signal }: Answer) => (signal.reason as { code?: string } | undefined)?.code

export async function openShift(): Promise<Shift> {
  const scene = await openScene({ patient: true })
  const { network, clock, founded, store } = scene
  const { organization_id, identity_secret } = founded
  await store.commit(insertAgent({ ...newAgent('lumi', organization_id, 'Lumi', clock.now()), kind: 'bot', external_id: 'lumi' }))
  const made: AgentSDK[] = []
  const settle = () => clock.advance(1)

  function open(name: string, origin: string | null, how: { cookie: { name: string; value: string } } | null): Program {
    const device = new Device({ network, clock, random: createRandom(name), origin })
    if (how) device.cookies.set(how.cookie.name, how.cookie.value)
    const getToken = () => vouchFor(identity_secret, name, clock.now(), { role: 'agent' })
    const sdk = createAgent({ server: SERVER, ...(how ? {} : { license: 1, getToken }) }, device.open().environment)
    made.push(sdk)
    return { sdk, device }
  }

  const ann = await scene.customer('ann')
  const chat = (await ann.ask('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })).chat.id
  const bot = open('lumi', null, null)
  await bot.sdk.connect()
  await settle()

  return {
    ...{ ...bot, scene, ann, chat, settle },
    program: (name) => open(name, null, null),
    async person() {
      const { sdk } = open('robin', SERVER, founded.agents[0] ?? null)
      await sdk.connect()
      await settle()
      return sdk
    },
    async within(ms, promise) {
      await clock.advance(ms)
      return promise
    },
    async say(answer, words, every) {
      for (const word of words) {
        answer.write(word)
        await clock.advance(every)
      }
    },
    stored: async (event) => (await ann.ask('get_event', { chat_id: chat, event_id: event?.id ?? '' })).event,
    heard: () => pushed(ann, 'incoming_event').map(({ payload }) => (payload['event'] as Event).text),
    async end() {
      for (const sdk of made.splice(0)) sdk.destroy()
      await scene.close()
    },
  }
}
