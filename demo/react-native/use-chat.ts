// The chat as a hook: what is said, who is writing, and how to answer.
import AsyncStorage from '@react-native-async-storage/async-storage'
import NetInfo from '@react-native-community/netinfo'
import { type ChatEvent, type CustomerSDK, init, type User } from 'porchlight/react-native'
import { useEffect, useReducer, useRef } from 'react'
import { AppState } from 'react-native'

/** Yours: see README.md for how a client is made. */
const CONFIG = { license: 1, clientId: 'app', server: 'http://127.0.0.1:4600', redirectUri: 'lantern://chat' }

export interface Message {
  readonly id: string
  readonly text: string
  readonly author: string
  readonly own: boolean
  readonly sending: boolean
}

interface Chat {
  readonly messages: readonly Message[]
  readonly connected: boolean
  readonly typing: boolean
}

type Change = (chat: Chat) => Chat
const NEW: Chat = { messages: [], connected: false, typing: false }

/** Each message once: what was sent from here is known by its custom id until the server has named it. */
const added = (messages: readonly Message[], ...more: readonly Message[]) => [
  ...messages.filter(({ id }) => !more.some((other) => other.id === id)),
  ...more,
]

export function useChat() {
  const [chat, change] = useReducer((old: Chat, by: Change) => by(old), NEW)
  const client = useRef<{ sdk: CustomerSDK; chat: string | null } | null>(null)

  useEffect(() => {
    const sdk = init({ ...CONFIG, AsyncStorage, AppState, NetInfo })
    const own = { sdk, chat: null as string | null }
    const users = new Map<string, User>()
    let me = ''
    client.current = own

    const messageOf = (event: ChatEvent): Message => ({
      id: event.customId ?? event.id,
      text: event.text ?? `(${event.type})`,
      author: users.get(event.author ?? '')?.name ?? 'Someone',
      own: event.author === me,
      sending: false,
    })
    const connected = (now: boolean) => change((old) => ({ ...old, connected: now }))

    sdk.on('customer_id', (id) => {
      me = id
    })
    sdk.on('user_data', (user) => void users.set(user.id, user))
    sdk.on('connected', async ({ chatsSummary: [latest] }) => {
      connected(true)
      if (!latest || own.chat) return
      own.chat = latest.id
      const { value: events } = await sdk.getChatHistory(latest.id).next()
      change((old) => ({ ...old, messages: added(events.map(messageOf), ...old.messages) }))
    })
    sdk.on('connection_restored', () => connected(true))
    sdk.on('connection_lost', () => connected(false))
    sdk.on('new_event', ({ chat: id, event }) => {
      if (id === own.chat) change((old) => ({ ...old, typing: false, messages: added(old.messages, messageOf(event)) }))
    })
    sdk.on('user_is_typing', () => change((old) => ({ ...old, typing: true })))
    sdk.on('user_stopped_typing', () => change((old) => ({ ...old, typing: false })))
    return () => sdk.destroy()
  }, [])

  /** Shown at once. Offline it waits, and goes out when the network is back. */
  async function send(text: string) {
    if (!client.current) return
    const { sdk } = client.current
    const customId = String(Math.random())
    const message = { id: customId, text, author: 'You', own: true, sending: true }
    change((old) => ({ ...old, messages: added(old.messages, message) }))
    client.current.chat ??= sdk.startChat().provisionalId
    await sdk.sendMessage(client.current.chat, { text, customId })
    const sent = (one: Message) => (one.id === customId ? { ...one, sending: false } : one)
    change((old) => ({ ...old, messages: old.messages.map(sent) }))
  }

  return { ...chat, send }
}
