// A whole chat on the SDK's own methods and events. Each part stands where you would change it.
import { offerAccount, showAccount } from './account.js'
import { addMessage, button, clear, make, showSeen } from './log.js'
import { offerRating, showRating } from './rating.js'

/** On a page of yours: `server` too, unless the script above comes from there. */
const sdk = CustomerSDK.init({ license: 1, clientId: 'demo' })

const names = ['messages', 'status', 'typing', 'earlier', 'end', 'rating', 'files', 'text']
const [log, status, typing, earlier, end, rating, files, text] = names.map((id) => document.getElementById(id))

/** The chat on the page, by its id; null until there is one. */
let chat = null
let me = null
let history = null
/** Users by id; messages by the custom ids of what was sent from here; and which events are on the page. */
const users = new Map()
const sent = new Map()
const shown = new Set()

// Who is who, and how the connection is.

sdk.on('customer_id', (id) => {
  if (me) forget()
  me = id
})
sdk.on('user_data', (user) => {
  users.set(user.id, user)
  if (user.id === me) greet(user)
})
sdk.on('connected', ({ chatsSummary: [latest] }) => {
  if (latest && !chat) open(latest)
  sdk.getCustomer().then(greet, () => {})
})
sdk.on('connection_restored', () => sdk.getCustomer().then(greet, () => {}))
sdk.on('connection_lost', () => tell('Offline. What you write is sent when you are back.'))
sdk.on('disconnected', (reason) => tell(`Not connected (${reason})`))

function greet({ name }) {
  tell(name ? `Connected as ${name}` : 'Connected')
  showAccount(name)
}

function tell(words) {
  status.textContent = words
}

/** Nothing of the one before is left for whoever comes next. */
function forget() {
  chat = history = null
  for (const known of [users, sent, shown]) known.clear()
  for (const part of [end, earlier, rating]) part.hidden = true
  typing.textContent = text.value = ''
  clear()
}

// What happens in the chat, also from another tab.

const here = (name, listener) => sdk.on(name, (told) => told.chat === chat && listener(told))

sdk.on('thread_summary', (thread) => chat ?? open({ id: thread.chat }))
here('thread_closed', () => goOn(false))
here('new_event', ({ event }) => {
  typing.textContent = ''
  goOn(true)
  show(event)
  see()
})
here('user_is_typing', ({ user }) => {
  typing.textContent = `${nameOf(user)} is writing …`
})
here('user_stopped_typing', () => {
  typing.textContent = ''
})
here('last_seen_timestamp_updated', ({ user, timestamp }) => user !== me && showSeen(timestamp))
here('chat_rated', (told) => showRating(told.rating))

/** Shows a chat with its latest messages; the rest is a button away. */
function open({ id, active = true, lastSeenTimestamps = {} }) {
  chat = id
  history = sdk.getChatHistory(id)
  for (const [user, timestamp] of Object.entries(lastSeenTimestamps)) if (user !== me) showSeen(timestamp ?? 0)
  goOn(active)
  if (!active)
    sdk.getChat(id).then(
      ({ thread }) => showRating(thread.rating),
      () => {},
    )
  see()
  showEarlier()
}

async function showEarlier() {
  const asked = history
  const { done, value: events } = await asked.next().catch(() => ({ done: false, value: [] }))
  if (asked !== history) return
  earlier.hidden = done
  events.forEach(show)
}

function goOn(active) {
  end.hidden = !active
  rating.hidden = active
  if (active) showRating(null)
  else typing.textContent = ''
}

const nameOf = (id) => users.get(id)?.name ?? 'Someone'

/** An event, once. */
function show(event) {
  if (shown.has(event.id)) return
  shown.add(event.id)
  const own = event.author === me
  const message = sent.get(event.customId) ?? addMessage(own ? 'You' : nameOf(event.author), own)
  message.settle(event)
}

function see() {
  if (document.hasFocus()) sdk.updateLastSeenTimestamp(chat).catch(() => {})
}

// What the visitor does.

/** Shows at once what is being sent. `post` sends it, by a custom id. */
async function send(content, post) {
  const customId = String(Math.random())
  const message = addMessage('You', true, content)
  sent.set(customId, message)
  if (!chat) begin()
  message.note('sending …')
  try {
    const event = await post(customId, message)
    // Whoever sent it may have signed out meanwhile.
    if (!sent.has(customId)) return
    show(event)
    goOn(true)
  } catch (error) {
    // Only what can never be sent comes here, or what waited for a day; being offline is no failure.
    const again = () => {
      sdk.discard(customId)
      message.remove()
      send(content, post)
      text.focus()
    }
    message.note(error.code === 'CANCELLED' ? 'Cancelled' : `Not sent: ${error.reason ?? error.message}`, button('Send again', again))
  }
}

/** Until the server knows the chat it goes by a provisional id, which will do for everything. */
function begin() {
  const started = sdk.startChat()
  chat = started.provisionalId
  started.then(
    ({ id }) => chat === started.provisionalId && open({ id }),
    () => {},
  )
}

const sendText = (words) => send(make('p', { dir: 'auto' }, words), (customId) => sdk.sendMessage(chat, { text: words, customId }))

const sendFile = (file) =>
  send(make('p', {}, make('bdi', {}, file.name)), (customId, message) => {
    const bar = make('progress', { value: 0, ariaLabel: `Sending ${file.name}` })
    const onProgress = (part) => {
      bar.value = part
    }
    const sending = sdk.sendFile(chat, { file, customId }, { onProgress })
    message.note(bar, button('Cancel', sending.cancel))
    return sending
  })

text.form.onsubmit = (submitted) => {
  submitted.preventDefault()
  const words = text.value.trim()
  text.value = ''
  text.focus()
  if (words) sendText(words)
}
text.onkeydown = (pressed) => {
  if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.isComposing) return
  pressed.preventDefault()
  text.form.requestSubmit()
}
text.oninput = () => chat && sdk.setSneakPeek(chat, text.value)
text.onpaste = ({ clipboardData }) => [...clipboardData.files].forEach(sendFile)
files.onchange = () => {
  ;[...files.files].forEach(sendFile)
  files.value = ''
}
earlier.onclick = showEarlier
end.onclick = () => {
  sdk.closeThread(chat).catch(() => {})
  // The button goes, and takes no focus with it.
  text.focus()
}
window.onfocus = () => chat && see()
// What scrolls must be reachable with the keyboard.
log.tabIndex = 0

offerAccount(sdk, tell)
offerRating(sdk, () => chat, tell)
