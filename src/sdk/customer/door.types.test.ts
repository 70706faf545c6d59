/** The door's public types take what the public API promises, and reject what it does not. The compiler proves it; nothing here connects. */
import { from as from7 } from 'rxjs7'
import { from as from8 } from 'rxjs8'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ChatEvent, ChatsSummary, CustomerSDK, EventName, Events, History, StartedChat, Thread, Token, User } from './index.ts'
import { init } from './index.ts'

/** Never called: only its types count. */
function uses(sdk: CustomerSDK): void {
  // @ts-expect-error a license is needed
  init({ clientId: 'demo' })
  // @ts-expect-error a client id is needed
  init({ license: 1 })
  // @ts-expect-error there is no such setting
  init({ license: 1, clientId: 'demo', clientSecret: 'x' })
  // @ts-expect-error storage is one of two
  init({ license: 1, clientId: 'demo', storage: 'forever' })

  sdk.startChat({ scope: {}, events: [{ type: 'message', text: 'a' }] })
  sdk.sendEvent('chat', { type: 'custom', content: { product: 17 }, properties: { shop: { order: 17 } }, ofItsOwnType: true })
  sdk.sendFile('chat', { file: new Blob() }, { signal: AbortSignal.abort() })
  sdk.uploadFile({ file: new Blob() }, { signal: AbortSignal.abort() })
  sdk.identify('token', { signal: AbortSignal.abort() })
  init({ license: 1, clientId: 'demo', fetch })
  from7(sdk).subscribe(([name, data]) => [name, data])
  from8(sdk).subscribe(([name, data]) => [name, data])

  // @ts-expect-error a message has a text
  sdk.sendMessage('chat', {})
  // @ts-expect-error a chat's id is text
  sdk.sendMessage(7, { text: 'a' })
  // @ts-expect-error arguments are positional
  sdk.sendMessage({ chat: 'chat', text: 'a' })
  // @ts-expect-error an event has a type
  sdk.sendEvent('chat', { text: 'a' })
  // @ts-expect-error a file is no text
  sdk.sendFile('chat', { file: 'photo.png' })
  // @ts-expect-error progress is a number
  sdk.sendFile('chat', { file: new Blob() }, { onProgress: (progress: string) => progress })
  // @ts-expect-error there is nothing to cancel it with
  sdk.sendFile('chat', { file: { uri: 'file:///photo.jpg', type: 'image/jpeg', name: 'photo.jpg' } }).cancel('now')
  // @ts-expect-error properties lie in namespaces
  sdk.startChat({ properties: { basket: 3 } })
  // @ts-expect-error events are a list
  sdk.startChat({ events: { type: 'message', text: 'a' } })
  // @ts-expect-error threads are a list
  sdk.getChatThreads('chat', 'thread')
  // @ts-expect-error a limit is a number
  sdk.getChatsSummary({ limit: '10' })
  // @ts-expect-error a time is a number
  sdk.updateLastSeenTimestamp('chat', new Date(0))
  // @ts-expect-error a sneak peek is text
  sdk.setSneakPeek('chat', null)
  // @ts-expect-error nothing to wait for
  sdk.setSneakPeek('chat', 'a').then()

  // @ts-expect-error there is no such event
  sdk.on('new_message', () => {})
  // @ts-expect-error the payload has no such field
  sdk.on('new_event', ({ message }) => message)
  sdk.on('new_event', ({ chat, event }) => {
    expectTypeOf(chat).toEqualTypeOf<string>()
    expectTypeOf(event).toEqualTypeOf<ChatEvent>()
    // @ts-expect-error what is told is not to be taken for a number
    event.text.toFixed()
  })
  sdk.on('*', (name, data) => {
    expectTypeOf(name).toEqualTypeOf<EventName>()
    expectTypeOf(data).toEqualTypeOf<Events[EventName]>()
  })
}

describe('the door’s types', () => {
  it('are those of the public API', () => {
    expectTypeOf(init).returns.toEqualTypeOf<CustomerSDK>()
    expectTypeOf<CustomerSDK['startChat']>().returns.resolves.toEqualTypeOf<StartedChat>()
    expectTypeOf<CustomerSDK['startChat']>().returns.toHaveProperty('provisionalId').toEqualTypeOf<string>()
    expectTypeOf<CustomerSDK['sendMessage']>().returns.resolves.toEqualTypeOf<ChatEvent>()
    expectTypeOf<CustomerSDK['sendEvent']>().returns.resolves.toEqualTypeOf<ChatEvent>()
    expectTypeOf<CustomerSDK['sendFile']>().returns.resolves.toHaveProperty('url').toEqualTypeOf<string>()
    expectTypeOf<CustomerSDK['sendFile']>().returns.toHaveProperty('cancel').toEqualTypeOf<() => void>()
    expectTypeOf<CustomerSDK['closeThread']>().returns.resolves.toEqualTypeOf<{ success: boolean }>()
    expectTypeOf<CustomerSDK['getChatsSummary']>().returns.resolves.toEqualTypeOf<ChatsSummary>()
    expectTypeOf<CustomerSDK['getChatHistory']>().returns.toEqualTypeOf<History>()
    expectTypeOf<CustomerSDK['getChatThreads']>().returns.resolves.toEqualTypeOf<Thread[]>()
    expectTypeOf<CustomerSDK['getChatThreadsSummary']>().returns.resolves.toHaveProperty('totalThreads')
    expectTypeOf<CustomerSDK['updateLastSeenTimestamp']>().returns.resolves.toEqualTypeOf<{ timestamp: number }>()
    expectTypeOf<CustomerSDK['auth']['getToken']>().returns.resolves.toEqualTypeOf<Token>()
    expectTypeOf<CustomerSDK['on']>().returns.toEqualTypeOf<() => void>()
    expectTypeOf<Events['user_data']>().toEqualTypeOf<User>()
    expectTypeOf<Events['connection_lost']>().toEqualTypeOf<undefined>()
    expectTypeOf<History>().toExtend<AsyncIterable<ChatEvent[]>>()
  })

  it('name every member that there is', async () => {
    expect(uses).toBeTypeOf('function')
    const sdk = init({ license: 1, clientId: 'demo', server: 'http://chat.test', autoConnect: false, storage: 'memory' })
    const members = Object.keys(sdk).sort()
    sdk.destroy()
    expect(members).toEqual(
      [
        ...([
          'auth',
          'on',
          'off',
          'once',
          'startChat',
          'sendMessage',
          'sendEvent',
          'sendFile',
          'uploadFile',
          'retry',
          'discard',
          'closeThread',
          'setSneakPeek',
        ] as const),
        ...(['getChatsSummary', 'getChatHistory', 'getChatThreads', 'getChatThreadsSummary', 'updateLastSeenTimestamp'] as const),
        ...(['updateChatProperties', 'deleteChatProperties', 'updateChatThreadProperties', 'deleteChatThreadProperties'] as const),
        ...(['updateEventProperties', 'deleteEventProperties', 'sendRating', 'cancelRate', 'getChat', 'resumeChat'] as const),
        ...(['updateCustomer', 'getCustomer', 'setCustomerSessionFields', 'updateCustomerPage', 'identify', 'logout', 'request'] as const),
        ...(['joinChat', 'leaveChat', 'setTyping', 'setToken', 'setBaseUrl', 'verify'] as const),
        ...(['connect', 'disconnect', 'destroy', 'state', '@@observable'] as const),
      ].sort() satisfies (keyof CustomerSDK)[],
    )
  })
})
