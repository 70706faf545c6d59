/** One chat as the parts of the conversation need it. */
import type { ChatUser, Event } from '../../sdk/agent/types.ts'
import type { Person } from '../../ui/mentions.ts'
import type { Desk, OpenChat } from '../desk.ts'

export interface Chat {
  readonly desk: Desk
  readonly open: OpenChat
  /** Everyone under the name that they are known by here. */
  readonly users: readonly ChatUser[]
}

/** What is being done with a message where one writes. */
export interface Doing {
  readonly quoted?: Event | undefined
  readonly edited?: Event | undefined
}

/** Who can be named: whoever is in the chat, and where support is given the other agents, as far as they were met in some chat. */
export function peopleOf({ desk, users }: Chat): Person[] {
  const isSupport = users.every((user) => user.role === undefined)
  const others = isSupport ? desk.list.value.chats.flatMap((chat) => chat.users.filter(({ type }) => type !== 'customer')) : []
  const people = new Map<string, Person>()
  for (const { id, name, avatar } of [...users.filter(({ present }) => present), ...others]) {
    if (name && id !== desk.me.id && !people.has(id)) people.set(id, { id, name, avatar })
  }
  return [...people.values()]
}
