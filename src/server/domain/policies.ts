/** Who may do what: the one table. `dispatch` asks it before any domain code runs, and `access.ts` carries out what it says of a chat. */
import type { ActionName } from '../../protocol/actions.ts'
import type { Principal } from './context.ts'

/**
 * What must be true between the principal and what the action is about.
 * - `self`: it concerns only the principal's own things, or a listing of what they may see.
 * - `reads`: they may read the chat: an agent any support chat of the organization, anyone a chat they are or were in.
 * - `takes_part`: they are in the chat now; an agent may enter any support chat of the organization.
 * - `bots`: they take part, and are a bot.
 * - `authors`: they take part, and the event is their own.
 * - `never`: this type of user cannot do it at all.
 */
export type Rule = 'self' | 'reads' | 'takes_part' | 'bots' | 'authors' | 'never'

type Types = Exclude<Principal['type'], 'backend'>

export const POLICIES = {
  login: { customer: 'self', agent: 'self' },
  ping: { customer: 'self', agent: 'self' },
  update_session: { customer: 'self', agent: 'never' },

  list_chats: { customer: 'self', agent: 'self' },
  get_chat: { customer: 'reads', agent: 'reads' },
  list_threads: { customer: 'reads', agent: 'reads' },
  list_events: { customer: 'reads', agent: 'reads' },
  get_presence: { customer: 'takes_part', agent: 'takes_part' },
  sync: { customer: 'reads', agent: 'reads' },
  sync_user: { customer: 'self', agent: 'self' },

  start_chat: { customer: 'self', agent: 'never' },
  resume_chat: { customer: 'takes_part', agent: 'takes_part' },
  /** Who may close a chat: the customer in it, and any agent of the organization. */
  deactivate_chat: { customer: 'takes_part', agent: 'takes_part' },

  create_chat: { customer: 'self', agent: 'self' },
  update_chat: { customer: 'takes_part', agent: 'takes_part' },
  list_users: { customer: 'reads', agent: 'reads' },
  add_users_to_chat: { customer: 'takes_part', agent: 'takes_part' },
  remove_user_from_chat: { customer: 'takes_part', agent: 'takes_part' },
  join_chat: { customer: 'self', agent: 'self' },
  leave_chat: { customer: 'takes_part', agent: 'takes_part' },

  send_event: { customer: 'takes_part', agent: 'takes_part' },
  get_event: { customer: 'reads', agent: 'reads' },
  /** And of agents those whom the organization lets: `edits.ts` asks. */
  edit_event: { customer: 'authors', agent: 'takes_part' },
  delete_event: { customer: 'authors', agent: 'takes_part' },
  list_replies: { customer: 'reads', agent: 'reads' },
  add_reaction: { customer: 'takes_part', agent: 'takes_part' },
  remove_reaction: { customer: 'takes_part', agent: 'takes_part' },
  list_mentions: { customer: 'self', agent: 'self' },
  send_sneak_peek: { customer: 'takes_part', agent: 'never' },
  send_typing_indicator: { customer: 'takes_part', agent: 'takes_part' },
  mark_events_as_seen: { customer: 'takes_part', agent: 'takes_part' },
  get_unread_count: { customer: 'self', agent: 'never' },

  update_chat_properties: { customer: 'takes_part', agent: 'takes_part' },
  delete_chat_properties: { customer: 'takes_part', agent: 'takes_part' },
  update_thread_properties: { customer: 'takes_part', agent: 'takes_part' },
  delete_thread_properties: { customer: 'takes_part', agent: 'takes_part' },
  update_event_properties: { customer: 'authors', agent: 'takes_part' },
  delete_event_properties: { customer: 'authors', agent: 'takes_part' },
  rate_chat: { customer: 'takes_part', agent: 'never' },
  upload_file: { customer: 'self', agent: 'self' },
  create_upload: { customer: 'self', agent: 'self' },
  get_file: { customer: 'self', agent: 'self' },
  delete_file: { customer: 'self', agent: 'self' },

  list_online_agents: { customer: 'self', agent: 'never' },
  get_customer: { customer: 'self', agent: 'self' },
  update_customer: { customer: 'self', agent: 'never' },
  set_customer_session_fields: { customer: 'self', agent: 'never' },
  update_customer_page: { customer: 'self', agent: 'never' },
  track_event: { customer: 'self', agent: 'never' },
  list_customer_activity: { customer: 'never', agent: 'self' },
  stream_event: { customer: 'never', agent: 'bots' },
  hand_over_chat: { customer: 'never', agent: 'bots' },
} as const satisfies Record<ActionName, Record<Types, Rule>>

/** Private notes are agents' own. */
export const mayWriteNotes = (principal: Principal) => principal.type !== 'customer'

export const ruleFor = ({ type }: Principal, action: ActionName): Rule => (type === 'backend' ? 'never' : POLICIES[action][type])
