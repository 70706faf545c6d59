/** What each action does, in a sentence; what has to be known besides stands behind it. */
import type { ActionName } from './actions.ts'

/** An action without a line here does not compile. */
export const SUMMARIES: Readonly<Record<ActionName, string>> = {
  login: 'Logs a socket in.',
  ping: 'Keeps a socket alive.',
  update_session: 'Renews the access token of a live socket.',
  list_chats: 'Lists chats, the most recently active first. Onward by `offset`, or by the `next_page_id` of the answer before.',
  get_chat: 'Reads one chat.',
  list_threads: 'Lists the threads of a chat, without their events.',
  list_events:
    'Lists the events of a chat, oldest first. Without `before` and `after` they are the newest; `thread_id` keeps to one thread.',
  sync: 'Catches up with the log of a chat. Entries after the last one that is held; a cursor of another history is refused as `history_reset`.',
  sync_user: "Catches up with the user's own log. It names chats gained and lost, and changes of the customer.",
  start_chat: 'Starts a chat, perhaps with its first messages.',
  resume_chat: 'Opens a new thread in a chat that has none open.',
  deactivate_chat: 'Closes the open thread of a chat.',
  send_event:
    'Sends a message, a file or an event of your own. A chat without an open thread gets one, unless `attach_to_last_thread` says otherwise.',
  send_typing_indicator: 'Tells the others that somebody is typing. It ends by itself after 8 seconds.',
  send_sneak_peek: 'Shows agents what is being typed. Nothing of it is kept; an empty text ends it.',
  mark_events_as_seen: 'Marks events as seen: up to a place in the log, up to a time, or all of them.',
  update_chat_properties: 'Sets properties of a chat. Those that are not named stay as they are.',
  delete_chat_properties: 'Deletes properties of a chat.',
  update_thread_properties: 'Sets properties of a thread. Those that are not named stay as they are.',
  delete_thread_properties: 'Deletes properties of a thread.',
  update_event_properties: 'Sets properties of an event. Those that are not named stay as they are.',
  delete_event_properties: 'Deletes properties of an event.',
  upload_file:
    'Uploads a file of up to 10 MiB. An event of type `file` shows it in a chat; what is in none after 24 hours is forgotten. The same `custom_id` again answers with the same file.',
  delete_file: 'Forgets a file that is in no event yet, by either of its names.',
  get_customer: 'Reads a customer. Customers read themselves.',
  list_online_agents: 'Tells whether anybody is there, and shows some of them.',
  get_unread_count: 'Counts what a customer has not read, over all of their chats.',
  rate_chat: 'Rates a thread, the last one unless it is named. Null withdraws the rating.',
  update_customer: 'Sets what the customer says of themselves. Session fields are merged by key; what is not named stays.',
  set_customer_session_fields: 'Replaces all session fields of the customer.',
  update_customer_page: 'Tells agents which page the customer is on.',
  track_event: 'Tells agents that something happened on the site.',
  list_customer_activity: 'Lists what a customer did on the site, newest first.',
}
