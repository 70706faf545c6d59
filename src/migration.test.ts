/** The pages for those who come from other SDKs leave out no name, and every row leads to a test that there is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const docs = join(import.meta.dirname, '../docs')
const LINK = /^\[(.+)\]\((.+)\)$/

const rowsOf = (page: string) =>
  [...readFileSync(join(docs, page), 'utf8').matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .filter(([first]) => first !== 'there' && !first?.startsWith('---'))

/** What is named in backticks, without arguments. */
const namesOf = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/[({].*/, '').replace(/:.*/, ''))

const OICHAT = [
  ...['apiKey', 'secretKey', 'projectId', 'baseUrl', 'timeout', 'maxRetries'],
  ...['auth.createToken', 'auth.refreshToken', 'channels', 'role', 'token', 'expires_at', 'user_info.avatar_url', 'user_info.nickname'],
  ...['user_info.badge', 'user_info.custom', 'rooms.create', 'rooms.list', 'rooms.get', 'rooms.update', 'rooms.delete'],
  ...['rooms.addParticipant', 'rooms.removeParticipant', 'rooms.leave', 'result.destroyed', 'data', 'next_cursor', 'has_more'],
  ...['messages.send', 'sender_id', 'content_type', 'text', 'image', 'file', 'system', 'custom', 'Idempotency-Key', 'idempotencyKey'],
  ...['OiChatApiError', 'OiChatServerError', 'OiChatNetworkError', 'statusCode', 'errorCode', 'message', 'cause'],
  ...['Room', 'TokenResponse', 'SendMessageParams'],
]
const TEGRABOX = [
  ...['apiKey', 'jwtToken', 'baseUrl', 'setBaseUrl', 'setJwtToken', 'users.create', 'users.list', 'users.get', 'users.update'],
  ...['users.generateToken', 'users.revokeToken', 'users.delete', 'rooms.list', 'rooms.create', 'rooms.get', 'rooms.join', 'rooms.leave'],
  ...['rooms.update', 'rooms.delete', 'messages.list', 'messages.create', 'messages.delete', 'auth.verify', 'authInfo.user.userId'],
  ...['socket.connect', 'socket.disconnect', 'socket.joinRoom', 'socket.leaveRoom', 'socket.sendMessage', 'socket.startTyping'],
  ...['socket.stopTyping', 'socket.onMessage', 'socket.onUserJoined', 'socket.onUserLeft', 'socket.onUserTyping'],
  ...['socket.onUserStoppedTyping', 'socket.onError', 'socket.onConnect', 'socket.onDisconnect', 'AuthenticationError', 'NotFoundError'],
  ...['ValidationError', 'ConflictError', 'ServerError', 'NetworkError', 'WebSocketError', 'items', 'page', 'total', 'totalPages'],
  ...['PaginationParams', 'PaginatedResponse', 'ChatUser', 'Room', 'Message', 'CreateUserInput', 'CreateRoomInput'],
  ...['CreateMessageInput', 'UpdateRoomInput', 'ChatClientOptions'],
]

const POOLSE = [
  ...['getToken', 'apiUrl', 'wsUrl', 'socketPath', 'fetch', 'maxRetries', 'baseBackoffMs', 'maxBackoffMs', 'generateIdempotencyKey'],
  ...['onSocketError', 'userResolver', 'me.show', 'conversations.list', 'conversations.create', 'conversations.one', 'handle.show'],
  ...['handle.update', 'handle.listMembers', 'handle.addMembers', 'handle.addMember', 'handle.removeMember', 'handle.messages.list'],
  ...['handle.messages.send', 'handle.messages.markRead', 'messages.one', 'handle.delete', 'handle.replies', 'handle.addReaction'],
  ...['handle.removeReaction', 'type', 'name', 'avatar_url', 'member_limit', 'member_external_ids', 'custom_data', 'settings'],
  ...['last_message_preview', 'id', 'body', 'reply_to_id', 'quoted_message_id', 'mentions', 'attachment_ids', 'contentType', 'byteSize'],
  ...['attachments.requestUpload', 'attachments.upload', 'attachments.one', 'users.peek', 'users.get', 'users.subscribe'],
  ...['users.invalidate', 'users.invalidateAll', 'rest.request', 'realtime.connect', 'realtime.disconnect', 'realtime.getStatus'],
  ...['realtime.onStatus', 'realtime.conversation', 'realtime.user', 'realtime.leave', 'channel.onMessage', 'channel.onMessageUpdated'],
  ...['channel.onMessageDeleted', 'channel.onReactionAdded', 'channel.onReactionRemoved', 'channel.onMemberRead'],
  ...['channel.onTypingStart', 'channel.onTypingStop', 'channel.onPresenceState', 'channel.onPresenceDiff', 'channel.getPresenceState'],
  ...['channel.sendTyping', 'channel.onMention', 'channel.onConversationCreated', 'channel.onConversationUpdated', 'by_user_id'],
  ...['AuthError', 'RateLimitedError', 'ApiError', 'NetworkError', 'PoolseError', 'code', 'details', 'retryAfterMs', 'sequence', 'signal'],
  ...['Idempotency-Key', 'destroy', 'version'],
]

/** The headings of the pages that document them, from top to bottom. */
const OICHAT_HEADINGS = [
  ...['Installation', 'Quick Start', 'Configuration', 'API Reference: Auth', 'API Reference: Rooms', 'API Reference: Messages'],
  ...['Idempotency', 'Error Handling', 'TypeScript Types', 'Links'],
]
const TEGRABOX_HEADINGS = [
  ...['Installation', 'Use Cases', 'Quick Start', 'Backend (with API Key)', 'Frontend (with JWT Token)', 'Authentication', 'API Key'],
  ...['JWT Token', 'API Reference: Users', 'API Reference: Rooms', 'API Reference: Messages', 'API Reference: Auth', 'WebSocket'],
  ...['Backend Usage', 'Frontend Usage', 'WebSocket Events', 'Error Handling', 'Configuration', 'Pagination', 'TypeScript'],
  ...['React Native / Browser Support', 'Demo App'],
]

const POOLSE_HEADINGS = [
  ...['Install', 'Authentication model', 'Quick start', 'Configuration', 'REST surface', 'chat.me', 'chat.conversations', 'chat.messages'],
  ...['chat.attachments', 'chat.users', 'chat.rest', 'Realtime', 'ConversationChannel', 'UserChannel', 'Token caching', 'Idempotency'],
  ...['Retry behavior', 'Errors', 'Sequence numbers', 'Cancellation', 'Environments', 'Exports', 'Links', 'License'],
]

describe.each([
  ['from-oichat.md', OICHAT, 'server-sdk/oichat.test.ts', OICHAT_HEADINGS],
  ['from-tegrabox.md', TEGRABOX, 'server-sdk/tegrabox.test.ts', TEGRABOX_HEADINGS],
  ['from-poolse.md', POOLSE, 'sdk/rich/poolse.test.ts', POOLSE_HEADINGS],
])('%s', (page, documented, walk, headings) => {
  const rows = rowsOf(page)

  it('names all that is documented there', () => {
    const named = new Set(rows.flatMap(([there]) => namesOf(there)))
    expect(documented.filter((name) => !named.has(name))).toEqual([])
  })

  it('goes with a test that walks the page, heading by heading', () => {
    const source = readFileSync(join(import.meta.dirname, walk), 'utf8')
    const places = headings.map((heading) => source.search(new RegExp(`(describe|test)\\('${heading.replace(/[()/.]/g, '\\$&')}`)))
    expect(headings.filter((_, at) => places[at] === -1)).toEqual([])
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('says in each row what it is here, and which test shows it', () => {
    for (const [there, here, shown = ''] of rows) {
      const [, title = '', path = ''] = LINK.exec(shown) ?? []
      expect(here, there).toBeTruthy()
      const source = readFileSync(join(docs, path), 'utf8')
      expect(source, there).toMatch(new RegExp(`test\\('${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`))
    }
  })
})
