/** Leaves a reaction on a message, or takes it back. */
import type { Event } from '../../protocol/events.ts'
import type { Conversation } from '../../sdk/customer/face.ts'
import { say } from '../../ui/announcer.tsx'
import { hasReacted } from '../../ui/reactions.tsx'
import type { Face } from '../app/face.ts'

export async function react({ session, tools, words, tell }: Face, conversation: Conversation, event: Event, emoji: string): Promise<void> {
  const isOn = !hasReacted(event.reactions, emoji, session.sdk.me)
  const action = isOn ? 'add_reaction' : 'remove_reaction'
  try {
    await session.sdk.ask(action, { chat_id: conversation.state.id, event_id: event.id, emoji })
    const said = tools.state.doingOf?.(conversation).said
    if (said) say(said, isOn ? words.reacted(emoji) : words.unreacted(emoji))
  } catch {
    tell(words.reactFailed)
  }
}
