/** The pages for those who come from other server SDKs leave out no name, and every row leads to a test that there is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const docs = join(import.meta.dirname, '../../docs')
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

describe.each([
  ['from-oichat.md', OICHAT],
  ['from-tegrabox.md', TEGRABOX],
])('%s', (page, documented) => {
  const rows = rowsOf(page)

  it('names all that is documented there', () => {
    const named = new Set(rows.flatMap(([there]) => namesOf(there)))
    expect(documented.filter((name) => !named.has(name))).toEqual([])
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
