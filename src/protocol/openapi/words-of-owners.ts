/** What a field is where it is something else than elsewhere, or has no sense without its owner: by owner, then by field. */

const CHAT_NAME = 'What the chat is called.'
const NAMED_ONCE = 'Your own name for the chat. For a week the same name again answers with the same chat.'
const UPLOAD_NAME = 'Your own name for the upload, unique per uploader.'
const KNOWN_SINCE = 'Since when they are known.'
const HEAD = 'The last entry of the log that the reader may see.'
const DELETED = 'The names of what is deleted, by namespace.'

const user = { id: 'Their id.', type: 'Which kind of user.' }

const standing = { status: 'Whether they are let in.' }

const page = { title: "The page's title.", url: 'The address of the page.' }

const customer = {
  ...user,
  ...page,
  created_at: KNOWN_SINCE,
  external_id: "The host's own id of them, which its back end has vouched for. Not shown to customers.",
  name: 'Their name.',
  page: 'The page they are on. Not shown to customers.',
}

const event = {
  custom_id:
    'Your own name for it. Sent again under the same name it is not done again. One that begins with `~` is shown to its author only.',
}

const file = { url: 'Where the file is, for an hour. Whoever has the address may read it.' }

const webhook = {
  events: 'Names of the pushes that are sent. None stand for all.',
  url: 'Where it leads: a public address of http or https.',
}

const listed = (data: string) => ({ data, page: 'Which page it is, where one was asked for.' })

export const OWNERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Activity: { ...page, created_at: 'When it happened.', data: 'What is known besides.', name: "What happened, in the site's own words." },
  Agent: { ...user, email: 'Their e-mail address. Not shown to customers.', name: 'Their name.' },
  BackendUser: {
    ...user,
    ...standing,
    created_at: KNOWN_SINCE,
    external_id: "The host's own id of them. Absent on visitors whom the host does not know.",
  },
  Chat: {
    created_at: 'When it was started.',
    id: 'Its id.',
    name: CHAT_NAME,
    seq: HEAD,
    thread: 'The last thread, without its events.',
    users: 'Who is in the chat, was in it, or has read it.',
  },
  ChatUser: customer,
  Customer: customer,
  CustomerDetails: { name: 'Their name.' },
  CustomerPage: page,
  Entry: {
    created_at: 'When it happened.',
    from_seq: 'The entry stands for all from here to `seq`.',
    name: CHAT_NAME,
    properties: 'What was set, with the values of now, or the names of what was deleted.',
    user_id: 'Who closed the thread, rated it, saw so far, or is in the chat no more. Absent when it was the server.',
  },
  Error: {
    data: 'What is known besides.',
    error: 'What went wrong.',
    limit: 'The limit that was exceeded.',
    message: '*unable to …; …*: what could not be done, and why. For developers.',
    path: 'The field that the refusal is about, as in `event.text`.',
  },
  Event: {
    ...file,
    created_at: 'When it was sent.',
    custom_id: "Its author's own name for it. One that begins with `~` is shown to its author only.",
    id: 'Its id.',
    name: "The file's name.",
  },
  NewCustom: event,
  NewFile: event,
  NewMessage: {
    ...event,
    streaming: 'For bots: `text` is how it begins, and `stream_event` brings the rest.',
    text: 'The text. It need not have any where it brings files, or more of it is to come.',
  },
  Amends: { id: 'Its id.' },
  Parent: { id: 'Its id.' },
  QuotedEvent: { created_at: 'When it was sent.', id: 'Its id.', name: 'The name of its first file.', text: 'How its text begins.' },
  NewSystemMessage: event,
  Session: { agent_id: 'The agent.', expires_in: 'How many seconds the session, or the token, holds.' },
  Thread: {
    active: 'Whether it is open.',
    created_at: 'When it was opened.',
    id: 'Its id.',
    order: "1 for the chat's first thread, 2 for the next, and so on.",
    user_ids: 'Who took part in it.',
  },
  Tokens: { customer_id: 'Who the tokens are for.' },
  TokenRequest: { refresh_token: "The device's refresh token. With an identity token it says who the customer was until now." },
  TokenRevocation: { refresh_token: 'Of no use after.' },
  UnreadRequest: { token: 'The `unread_token` that a login was answered with.' },
  UploadedFile: { ...file, name: "The file's name, cleaned." },
  Webhook: { ...webhook, created_at: 'When it was registered.', id: 'Its id.', url: 'Where it leads.' },
  WebhookDelivery: {
    created_at: 'When it was sent first.',
    error: 'Why the last attempt failed.',
    event: "The push's name, which is the `type` of what was sent.",
    id: 'Also the header `webhook-id`, the same however often it is sent.',
    status: 'What became of it.',
  },

  add_users_to_chat: { history: 'Whether they read the chat from its beginning. As the chat has it, unless told otherwise.' },
  'add_users_to_chat:answer': { users: 'Who is in the chat now.' },
  create_chat: {
    custom_id: NAMED_ONCE,
    kind: 'Which kind of chat. A group, unless told otherwise.',
    name: CHAT_NAME,
    users:
      'Who is in it: one customer, and whoever answers, of a support chat, two of a direct one, up to 500 of a group. Users themselves name only the others.',
  },
  'create_token:answer': { token: 'The identity token.' },
  create_upload: { custom_id: UPLOAD_NAME, name: "The file's name." },
  'create_upload:answer': { expires_at: 'When the address ends.' },
  create_user: { ...standing, external_id: 'Your own id of them.', type: 'Which kind of user. A customer, unless told otherwise.' },
  deactivate_chat: { id: 'The chat.' },
  delete_chat_properties: { id: 'The chat.', properties: DELETED },
  delete_event_properties: { properties: DELETED },
  delete_file: { custom_id: 'The name that the upload was given.' },
  delete_thread_properties: { properties: DELETED },
  'delete_user:answer': { chats: 'How many chats name somebody unnamed instead.', user_id: 'Our id of them.' },
  get_customer: { id: 'The customer; for customers themselves it may be left out.' },
  'get_file:answer': { ...file, created_at: 'When it was taken in.', name: "The file's name, cleaned." },
  'get_presence:answer': { user_id: 'Who is there.', users: 'Those who are there.' },
  hand_over_chat: { custom_id: 'Your own name for the note. Sent again under the same name it is not done again.' },
  list_chats: {
    active: 'Only chats with an open thread, or only those without.',
    kind: 'Only chats of this kind.',
    status: 'Only those that are open, or only those that are resolved.',
    user_id: "Only chats of this user, by the host's own id or by ours.",
  },
  'list_chats:answer': listed('The chats.'),
  list_customer_activity: { id: 'The customer.' },
  list_events: { thread_id: 'Only events of this thread.' },
  'list_events:answer': { ...listed('The events.'), seq: HEAD, threads: 'The threads that the events are in, without events.' },
  list_users: { type: 'Only users of this kind. Customers, unless told otherwise.' },
  'list_users:answer': { ...listed('The users.'), users: 'Who is in the chat now.' },
  list_webhook_deliveries: { status: 'Only those of which this became.' },
  'list_webhook_deliveries:answer': listed('The deliveries.'),
  'list_webhooks:answer': listed('The webhooks.'),
  mark_events_as_seen: { seen_up_to: 'Events up to this time are seen.', seq: 'Events up to this place in the log are seen.' },
  rate_chat: { thread_id: 'The last thread, unless another is named.' },
  refresh_token: { token: 'The identity token to renew.' },
  'refresh_token:answer': { token: 'The new identity token.' },
  register_webhook: webhook,
  resume_chat: { chat: 'The chat to resume.', id: 'The chat.', thread: 'What the new thread begins with.' },
  'send_event:answer': { entries: 'The other entries of the log that the request made, in order.' },
  start_chat: {
    active: 'False starts the chat without a thread.',
    chat: 'What the chat begins with.',
    custom_id: NAMED_ONCE,
    thread: 'What the first thread begins with.',
  },
  stream_event: {
    offset: 'How long the text is that stands before it, in UTF-16 units.',
    quick_replies: 'With the last piece: answers that the message suggests.',
    text: 'What is added.',
  },
  'stream_event:answer': { entries: 'The entries of the log that the end made.', offset: 'How long the text is now.' },
  'sync:answer': { entries: 'The entries after the cursor, in order.', seq: HEAD },
  'sync_user:answer': { entries: 'The entries after the cursor, in order.' },
  track_event: { data: 'What is known besides.', name: 'What happened, in your own words, such as `added_to_cart`.' },
  update_chat: {
    name: `${CHAT_NAME} Null takes the name away.`,
    status: '`resolved` closes the open thread, `open` opens one where none is.',
  },
  update_chat_properties: { id: 'The chat.' },
  update_user: standing,
  update_webhook: { ...webhook, enabled: 'False keeps its place in every chat. True goes on from there, at once.' },
  upload_file: { custom_id: UPLOAD_NAME },
  verify_token: { token: 'The identity token.' },
}
