/** Bots for tests of the gateway, and what readers make of what they write. */

import type { Event } from '../protocol/events.ts'
import type { PushPayload } from '../protocol/pushes.ts'
import { amended } from '../sdk/core/events.ts'
import { createAgent, newAgent } from '../server/domain/agents.ts'
import { BadBus } from './bad-bus.ts'
import { openScene, type Peer, type Reached, type Scene } from './gateway.ts'
import { vouchFor } from './identity.ts'
import { turns } from './turns.ts'

type Piece = PushPayload<'incoming_event_piece'>

/** A bot that has logged in, at one process or another; the same name is the same bot. */
export async function openBot({ store, clock, founded }: Scene, at: Reached, name = 'lumi'): Promise<Peer> {
  const { organization_id, identity_secret } = founded
  const known = await store.agentByExternalId(organization_id, name)
  if (!known) await store.commit(createAgent({ ...newAgent(name, organization_id, name, clock.now()), kind: 'bot', external_id: name }))
  const bot = await at.connect('agent', { origin: null, cookie: null }, '?license=1')
  await bot.ask('login', { token: vouchFor(identity_secret, name, clock.now(), { role: 'agent' }) })
  return bot
}

/** Ann has asked something in her support chat; an agent and a bot are there to answer, and the bus loses what it is told to. */
export async function openQuestion() {
  const bus = new BadBus()
  const scene = await openScene({ parts: { bus } })
  const ann = await scene.customer('ann')
  const agent = await scene.agent()
  const bot = await openBot(scene, scene)
  const { chat } = await ann.ask('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })
  return { bus, scene, ann, agent, bot, chat_id: chat.id }
}

/** What it begins to write; tells the id. */
export async function begin(bot: Peer, chat_id: string, text = '', more: object = {}): Promise<string> {
  return (await bot.ask('send_event', { chat_id, event: { type: 'message', text, streaming: true, ...more } })).event.id
}

export const piecesOf = (peer: Peer): Piece[] =>
  peer.pushes.filter(({ action }) => action === 'incoming_event_piece').map(({ payload }) => payload as Piece)

/** Entries of the chat's log that were pushed, by their actions. */
export const entriesOf = (peer: Peer): string[] => peer.pushes.filter(({ payload }) => 'seq' in payload).map(({ action }) => action)

/** What a client holds of the event at each moment, from what was pushed to it; as it read it first, where it came late. */
export async function seenBy(peer: Peer, event_id: string, first: Event | null = null): Promise<Event[]> {
  await turns(8)
  const seen = first ? [first] : []
  for (const { payload } of peer.pushes) {
    const { event } = payload as { event?: Event }
    const held = seen.at(-1)
    if (!held && event?.id === event_id) seen.push(event)
    const next = held && amended(held, payload)
    if (next && next !== held) seen.push(next)
  }
  return seen
}
