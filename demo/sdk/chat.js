// A whole chat in one file, on the SDK's own methods and events. Each part stands where you would change it.

/** On a page of yours: `server` too, unless the script above comes from there. */
const sdk = CustomerSDK.init({ license: 1, clientId: 'demo' })

const find = (id) => document.getElementById(id)
const [log, status, typing, earlier, end, text] = ['messages', 'status', 'typing', 'earlier', 'end', 'text'].map(find)
const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })

/** The chat on the page, by its id; null until there is one. */
let chat = null
let me = null
let history = null
/** Users by id; bubbles by the custom ids of what was sent from here; and which events are on the page. */
const users = new Map()
const bubbles = new Map()
const shown = new Set()

// Who is who, and how the connection is.

sdk.on('customer_id', (id) => {
  me = id
})
sdk.on('user_data', (user) => {
  users.set(user.id, user)
})
sdk.on('connected', ({ chatsSummary: [latest] }) => {
  status.textContent = 'We are here'
  if (latest && !chat) openChat(latest)
})
sdk.on('connection_lost', () => {
  status.textContent = 'Offline. What you write is sent when you are back.'
})
sdk.on('connection_restored', () => {
  status.textContent = 'We are here'
})
sdk.on('disconnected', (reason) => {
  status.textContent = `Not connected (${reason})`
})

// What happens in the chat.

sdk.on('new_event', (told) => {
  if (told.chat !== chat) return
  show(told.event)
  typing.textContent = ''
  end.hidden = false
  if (document.hasFocus()) sdk.updateLastSeenTimestamp(chat).catch(() => {})
})
sdk.on('thread_closed', (told) => {
  if (told.chat !== chat) return
  end.hidden = true
  place(make('p', 'note', 'This chat has ended. Write again whenever you like.'))
})
sdk.on('user_is_typing', (told) => {
  if (told.chat === chat) typing.textContent = `${nameOf(told.user)} is writing …`
})
sdk.on('user_stopped_typing', (told) => {
  if (told.chat === chat) typing.textContent = ''
})

/** Shows a chat with its latest messages; the rest is a button away. */
function openChat({ id, active = true }) {
  chat = id
  end.hidden = !active
  history = sdk.getChatHistory(id)
  return showEarlier()
}

async function showEarlier() {
  const { done, value: events } = await history.next()
  earlier.hidden = done
  const oldest = log.querySelector('.message')
  for (const event of events) show(event, oldest)
}

const nameOf = (id) => users.get(id)?.name ?? 'Someone'
const make = (tag, className, textContent = '') => Object.assign(document.createElement(tag), { className, textContent })

/** One line of the log: before another one, or at its end, which then comes into view for whoever is reading there. */
function place(line, before = null) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
  log.insertBefore(line, before)
  if (atEnd && !before) log.scrollTop = log.scrollHeight
  return line
}

/** A message, once. What is not text is named by its type. */
function show(event, before) {
  if (shown.has(event.id)) return
  const own = event.author === me
  const bubble = bubbles.get(event.customId) ?? draw(own, own ? 'You' : nameOf(event.author), event.text ?? `(${event.type})`, before)
  settle(bubble, event)
}

function draw(own, author, words, before) {
  const line = place(make('div', own ? 'message own' : 'message'), before)
  line.append(make('p', '', words), make('small', '', `${author} · sending …`))
  return { line, author }
}

function settle({ line, author }, { id, timestamp }) {
  shown.add(id)
  line.lastChild.textContent = `${author} · ${time.format(timestamp)}`
}

// What the visitor does.

async function send(words) {
  const customId = String(Math.random())
  const bubble = draw(true, 'You', words)
  bubbles.set(customId, bubble)
  if (!chat) begin()
  try {
    settle(bubble, await sdk.sendMessage(chat, { text: words, customId }))
  } catch (error) {
    fail(bubble, error, customId)
  }
}

/** Until the server knows the chat it goes by a provisional id, which will do for everything. */
function begin() {
  const started = sdk.startChat()
  chat = started.provisionalId
  started.then(openChat, () => {})
}

/** Only what can never be sent comes here, or what waited for a day; being offline is no failure. */
function fail({ line, author }, error, customId) {
  const again = make('button', '', 'Try again')
  again.onclick = () => {
    line.lastChild.textContent = `${author} · sending …`
    sdk.retry(customId)
  }
  line.lastChild.replaceChildren(`Not sent: ${error.message} `, again)
}

document.querySelector('form').onsubmit = (submitted) => {
  submitted.preventDefault()
  const words = text.value.trim()
  text.value = ''
  text.focus()
  if (words) send(words)
}
text.onkeydown = (pressed) => {
  if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.isComposing) return
  pressed.preventDefault()
  text.form.requestSubmit()
}
text.oninput = () => chat && sdk.setSneakPeek(chat, text.value)
earlier.onclick = showEarlier
// What scrolls must be reachable with the keyboard.
log.tabIndex = 0
end.onclick = () => sdk.closeThread(chat)
