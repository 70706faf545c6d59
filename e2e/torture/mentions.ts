/** Who is named, and who is told of it: everybody who may see it and nobody else, at once or when they come back. */
import type { Committed } from '../../src/server/store/change.ts'
import type { Ledger } from './ledger.ts'
import type { FinalChat } from './log.ts'
import { isAgentOf, partOf, presence } from './membership.ts'
import { PageTab } from './page.ts'
import { type Frame, listenerOf } from './secrecy.ts'
import { seenIn } from './views.ts'
import type { World } from './world.ts'

/** Somebody is named for the first time in an event. */
interface Naming {
  readonly chat_id: string
  readonly event_id: string
  readonly user_id: string
  readonly by: string | null
  /** The entry that does it; null where the server died before it could say so. */
  readonly seq_agents: number | null
}

/** All that was ever said of whom an event names. */
export class Namings {
  readonly all: Naming[] = []
  readonly #ledger: Ledger

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  committed({ entries, replayed }: Committed): void {
    for (const { kind, event, chat_id, actor_id, seq_agents } of entries) {
      if (replayed || !event || (kind !== 'event_added' && kind !== 'event_updated')) continue
      this.#note(chat_id, event.id, event.mentions ?? [], actor_id, seq_agents)
    }
  }

  /** As the disk has it, when a server begins. */
  read(chats: readonly FinalChat[]): void {
    for (const { row, entries } of chats)
      for (const { event } of entries) if (event) this.#note(row.id, event.id, event.mentions ?? [], null, null)
  }

  #note(chat_id: string, event_id: string, mentions: readonly string[], by: string | null, seq_agents: number | null): void {
    const before = this.#ledger.events.get(event_id)?.mentions ?? []
    for (const user_id of mentions.filter((id) => !before.includes(id))) this.all.push({ chat_id, event_id, user_id, by, seq_agents })
  }
}

/** MEN2: whether they are to be told. Null where nobody can say. */
function isMeant(chat: FinalChat, ledger: Ledger, { event_id, user_id, by, seq_agents }: Naming): boolean | null {
  const event = ledger.events.get(event_id)
  if (seq_agents === null || !event) return null
  if (by === user_id) return false
  if (chat.row.kind === 'support' && isAgentOf(chat, user_id)) return true
  const isInside = presence(chat)(user_id, seq_agents)
  const stays = chat.stays.get(user_id) ?? []
  const sees = stays.some(({ from_agents, to_agents }) => from_agents <= event.seq_agents && (to_agents ?? seq_agents) >= seq_agents)
  return isInside && (sees || chat.row.kind === 'support') && (event.audience === 'all' || isAgentOf(chat, user_id))
}

interface Told extends Frame {
  readonly payload: Frame['payload'] & {
    readonly event_id?: string
    readonly mentions?: readonly { readonly event_id: string }[]
  }
}

/** Events of which the socket was told that they name its user. */
function toldIn(text: string): string[] {
  const { action, payload } = JSON.parse(text) as Told
  const entries = (action === 'sync_user' ? (payload.entries ?? []) : [{ action, payload }]) as readonly Told[]
  const pushed = entries.flatMap((entry) => (entry.action === 'user_mentioned' ? (entry.payload.event_id ?? []) : []))
  return action === 'list_mentions' ? (payload.mentions ?? []).map(({ event_id }) => event_id) : pushed
}

export async function checkMentions(world: World, chats: readonly FinalChat[]): Promise<string[]> {
  const { ledger, namings } = world
  const byId = new Map(chats.map((chat) => [chat.row.id, chat]))
  const meant = new Map<string, boolean | null>()
  for (const naming of namings.all) {
    const chat = byId.get(naming.chat_id)
    const key = `${naming.user_id} ${naming.event_id}`
    if (chat && meant.get(key) !== true) meant.set(key, isMeant(chat, ledger, naming))
  }
  const strange = world.network.opened.flatMap((line) => {
    const { user_id = '' } = listenerOf(line) ?? {}
    const told = new Set(line.received.flatMap(toldIn))
    return [...told]
      .filter((id) => meant.get(`${user_id} ${id}`) === false || !meant.has(`${user_id} ${id}`))
      .map((id) => `[MEN2] ${user_id} is told of ${id}`)
  })
  return [...strange, ...(await checkUnread(world, byId, meant))]
}

/** MEN3: what was not read yet is listed, and pages were told of it. */
async function checkUnread(
  world: World,
  chats: ReadonlyMap<string, FinalChat>,
  meant: ReadonlyMap<string, boolean | null>,
): Promise<string[]> {
  const wrong: string[] = []
  for (const person of world.people) {
    const { name } = person
    for (const tab of person.tabs) {
      const id = tab.me ?? ''
      const unread = [...world.ledger.events.values()].filter(({ id: event_id, chat_id, seq_agents, mentions }) => {
        const chat = chats.get(chat_id)
        const part = chat && partOf(chat, id, 'agents')
        return part && mentions.includes(id) && meant.get(`${id} ${event_id}`) && seq_agents > Math.max(seenIn(chat, id), part.from - 1)
      })
      const { mentions = [] } =
        ((await world.life?.ask(person.principal(tab), 'list_mentions', {})) as { mentions?: { event_id: string }[] }) ?? {}
      const listed = mentions.map(({ event_id }) => event_id).filter((event_id) => meant.get(`${id} ${event_id}`) !== null)
      const [is, should] = [listed, unread.map((event) => event.id)].map((ids) => ids.sort().join())
      if (is !== should) wrong.push(`[MEN3] ${name}, who is ${id}, has the mentions ${is}, which are ${should}`)
      if (!(tab instanceof PageTab)) continue
      for (const event of unread)
        if (!tab.stretch.mentioned.has(event.id)) wrong.push(`[MEN3] ${name}, who is ${id}, was never told of ${event.id}`)
    }
  }
  return wrong
}
