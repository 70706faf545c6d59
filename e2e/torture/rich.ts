/** What is done with what was said: replied to, quoted, reacted to, edited and deleted; and people named. */

import { type Operation, type Operations, place, type Spot } from './choice.ts'
import type { Noted } from './ledger.ts'
import type { Action } from './life.ts'
import type { Reference, Shown } from './person.ts'
import type { World } from './world.ts'

const EMOJI = ['👍', '❤️', '🎉', '🦭']
/** Texts of so many characters are quoted in part. */
const LONG = 700

/** An event of the chat that somebody could know of: shown where they are, or told them by anybody. */
function someEvent({ random, ledger }: World, { id, events }: Shown, isMeant: (event: Noted) => boolean, isBold = true): Noted | null {
  const noted = ledger.ofChat(id).filter(isMeant)
  const shown = noted.filter((event) => events.some((one) => one.id === event.id))
  const isSupport = ledger.chats.get(id)?.row.kind === 'support'
  // Of a group not everyone may know everything.
  const choice = (shown.length > 0 && random.chance(0.7)) || !(isSupport || isBold) ? shown : noted
  return choice.length > 0 ? random.pick(choice) : null
}

/** Those who can be named: whoever is or was in the chat, and in a support chat every agent. */
function someUsers({ random, ledger, ground }: World, chat: string): string[] {
  const { row, users = new Set<string>() } = ledger.chats.get(chat) ?? {}
  const house = ground.houses.find(({ organization_id }) => organization_id === row?.organization_id)
  const agents = row?.kind === 'support' && house ? house.agents.map(({ id }) => id) : []
  return [...new Set([...users, ...agents])].filter(() => random.chance(0.5))
}

/** What something that is about to be said refers to. */
export function someReference(world: World, { tab, chat }: Spot & { chat: string | null }, note: boolean): Reference {
  const { random } = world
  const shown = chat === null ? null : tab.shown(chat)
  if (!shown || random.chance(0.5)) return {}
  const audience = note ? 'agents' : 'all'
  const reply = random.chance(0.5) ? someEvent(world, shown, (event) => event.audience === audience, false) : null
  const quoted = random.chance(0.5) ? someEvent(world, shown, (event) => note || event.audience === 'all', false) : null
  const mentions = random.chance(0.3) ? someUsers(world, shown.id) : []
  return {
    ...(reply && { reply_to_id: reply.id }),
    ...(quoted && { quoted_event_id: quoted.id }),
    ...(mentions.length > 0 && { mentions }),
  }
}

/** By the tab's own SDK, or from elsewhere. */
const alter =
  (what: (world: World, spot: Spot, shown: Shown) => [Action, object] | null): Operation =>
  (world) => {
    const spot = place(world)
    const shown = spot?.chat && spot.tab.shown(spot.chat)
    const asked = shown && what(world, spot, shown)
    const id = spot?.tab.me
    if (!asked || !id) return
    const [action, payload] = asked
    const { person, tab } = spot
    if (world.random.chance(0.7)) person.promise(tab, action, tab.ask(action, payload))
    else world.life?.act(person.principal(tab), action, payload)
  }

/** Mostly of one's own. */
const someOwn = (world: World, { tab }: Spot, shown: Shown) =>
  someEvent(world, shown, world.random.chance(0.8) ? ({ author_id }) => author_id === tab.me : () => true)

export const rich: Operations = {
  react: [
    9,
    alter((world, _, shown) => {
      const event = someEvent(world, shown, () => true)
      const action = world.random.chance(0.7) ? 'add_reaction' : 'remove_reaction'
      return event && [action, { chat_id: shown.id, event_id: event.id, emoji: world.random.pick(EMOJI) }]
    }),
  ],
  edit: [
    6,
    alter((world, spot, shown) => {
      const event = someOwn(world, spot, shown)
      const { random } = world
      const text = `${spot.person.words('edits')}${random.chance(0.2) ? ` ${'ö'.repeat(LONG)}` : ''}`
      const mentions = random.chance(0.3) ? someUsers(world, shown.id) : null
      const said = random.chance(0.8) || !mentions ? { text } : {}
      return event && ['edit_event', { chat_id: shown.id, event_id: event.id, ...said, ...(mentions && { mentions }) }]
    }),
  ],
  delete: [
    3,
    alter((world, spot, shown) => {
      const event = someOwn(world, spot, shown)
      return event && ['delete_event', { chat_id: shown.id, event_id: event.id }]
    }),
  ],
}
