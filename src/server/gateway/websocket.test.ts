/** Real sockets on a real port: what the library does around the frames. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { type RunningServer, SHOP, startServer } from '../../testing/server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ rateFactor: 10 })
})
afterAll(() => server.stop())

interface Frame {
  readonly action: string
  readonly success?: boolean
  readonly payload: { readonly error?: { readonly type: string }; readonly [field: string]: unknown }
}

class Socket {
  readonly raw: WebSocket
  readonly frames: Frame[] = []
  #next: ((frame: Frame) => void)[] = []

  constructor(path: string, origin: string | null, cookie?: string) {
    const headers = cookie === undefined ? {} : { cookie }
    this.raw = new WebSocket(server.url.replace('http', 'ws') + path, { headers, ...(origin === null ? {} : { origin }) })
    this.raw.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame
      this.frames.push(frame)
      this.#next.shift()?.(frame)
    })
    this.raw.on('error', () => {})
  }

  async open(): Promise<this> {
    await once(this.raw, 'open')
    return this
  }

  next(): Promise<Frame> {
    return new Promise((resolve) => this.#next.push(resolve))
  }

  ask(action: string, payload: object = {}): Promise<Frame> {
    this.raw.send(JSON.stringify({ action, payload }))
    return this.next()
  }

  async closed(): Promise<number> {
    const [code] = (await once(this.raw, 'close')) as [number]
    return code
  }
}

const RTM = '/v1/customer/rtm?license=1&client_id=shop'

async function tokenOf(visitor: string): Promise<string> {
  const body = { grant_type: 'anonymous', visitor_key: visitor.padEnd(22, '.') }
  const response = await server.post('/v1/customer/token?license=1&client_id=shop', body, { origin: SHOP })
  return ((await response.json()) as TokenResponse).access_token
}

async function customer(visitor: string): Promise<Socket> {
  const socket = await new Socket(RTM, SHOP).open()
  expect(await socket.ask('login', { token: await tokenOf(visitor) })).toMatchObject({ success: true })
  return socket
}

async function agent(): Promise<Socket> {
  const response = await server.post('/v1/agent/session', server.agent, { origin: server.origin })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = await new Socket('/v1/agent/rtm', server.origin, cookie).open()
  expect(await socket.ask('login')).toMatchObject({ success: true })
  return socket
}

test('customer and agent talk', async () => {
  const [ann, robin] = [await customer('ann'), await agent()]
  const opened = robin.next()
  const { payload } = await ann.ask('start_chat')
  const { id: chat_id } = payload['chat'] as { id: string }
  expect(await opened).toMatchObject({ action: 'incoming_chat', payload: { chat_id, seq: 1 } })
  const heard = robin.next()
  await ann.ask('send_event', { chat_id, event: { type: 'message', text: 'Where is my order? 📦' } })
  expect(await heard).toMatchObject({ action: 'incoming_event', payload: { seq: 2, event: { text: 'Where is my order? 📦' } } })
  for (const socket of [ann, robin]) socket.raw.close()
})

describe('[LIN3] a foreign page gets a socket and no more', () => {
  test.each([
    ['another origin', RTM, 'https://evil.test', 'origin_not_allowed'],
    ['none', RTM, null, 'origin_not_allowed'],
    ['no such license', '/v1/customer/rtm?license=9&client_id=shop', SHOP, 'license_not_found'],
    ['no address', '/v1/customer/rtm', SHOP, 'license_not_found'],
  ])('%s', async (_, path, origin, type) => {
    const socket = await new Socket(path, origin).open()
    expect(await socket.ask('login', { token: await tokenOf('ann') })).toMatchObject({ success: false, payload: { error: { type } } })
    expect(await socket.ask('list_chats')).toMatchObject({ payload: { error: { type: 'authentication' } } })
    socket.raw.close()
  })

  test('[LIN2] an agent’s cookie from another page is worth nothing', async () => {
    const response = await server.post('/v1/agent/session', server.agent, { origin: server.origin })
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    for (const origin of [SHOP, null, 'null']) {
      const socket = await new Socket('/v1/agent/rtm', origin, cookie).open()
      expect(await socket.ask('login')).toMatchObject({ payload: { error: { type: 'origin_not_allowed' } } })
      socket.raw.close()
    }
  })
})

describe('[CON3] frames that are none', () => {
  test('70 KB is answered and the socket lives', async () => {
    const socket = await customer('large')
    socket.raw.send(JSON.stringify({ action: 'ping', payload: 'x'.repeat(70 * 1024) }))
    expect(await socket.next()).toMatchObject({ success: false, payload: { error: { type: 'entity_too_large' } } })
    expect(await socket.ask('ping')).toMatchObject({ success: true })
    socket.raw.close()
  })

  test('beyond all measure the socket ends, and the server serves on', async () => {
    const socket = await customer('huge')
    socket.raw.send('x'.repeat(300 * 1024))
    expect(await socket.closed()).toBe(1009)
    ;(await customer('huge')).raw.close()
  })

  test('binary is no request', async () => {
    const socket = await customer('binary')
    socket.raw.send(Buffer.from('{"action":"ping"}'))
    expect(await socket.next()).toMatchObject({ payload: { error: { type: 'validation' } } })
    socket.raw.close()
  })

  test('bytes that are no text end the socket, and the server serves on', async () => {
    const socket = await customer('bytes')
    socket.raw.send(Buffer.from([0xff, 0xfe]), { binary: false })
    expect(await socket.closed()).toBe(1007)
    expect((await server.fetch('/healthz')).status).toBe(200)
  })

  test('garbage where a handshake should be', async () => {
    const { port } = new URL(server.url)
    for (const text of ['\x16\x03\x01\x02', 'GET /v1/customer/rtm HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n']) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => {})
      socket.end(text)
      socket.resume()
      await once(socket, 'close')
    }
    expect((await server.fetch('/healthz')).status).toBe(200)
  })
})

test('an upgrade elsewhere is refused', async () => {
  const socket = new Socket('/v1/nothing/rtm', SHOP)
  const [error] = (await once(socket.raw, 'error')) as [Error]
  expect(error.message).toContain('404')
})

test('an upgrade that is refused to a peer who is gone already, or never goes, harms nobody', async () => {
  const upgrade = 'GET /nothing HTTP/1.1\r\nHost: chat.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'
  const open = () => connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {})
  for (let at = 0; at < 20; at++) {
    const gone = open()
    gone.write(upgrade, () => gone.resetAndDestroy())
    await once(gone, 'close')
  }
  const staying = open()
  staying.resume().write(upgrade)
  await once(staying, 'end')
  const ended = new Promise((resolve) => staying.on('close', resolve))
  const nagging = setInterval(() => staying.write('x'), 5)
  await ended
  clearInterval(nagging)
  expect((await server.fetch('/healthz')).status).toBe(200)
})

test('[LIN7] signing out ends the sockets of that session, and those alone', async () => {
  const signIn = async () => {
    const response = await server.post('/v1/agent/session', server.agent, { origin: server.origin })
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const socket = await new Socket('/v1/agent/rtm', server.origin, cookie).open()
    await socket.ask('login')
    return { cookie, socket }
  }
  const [one, two] = [await signIn(), await signIn()]
  const closed = one.socket.closed()
  await server.fetch('/v1/agent/session', { method: 'DELETE', headers: { cookie: one.cookie, origin: server.origin } })
  expect(await closed).toBe(1008)
  expect(one.socket.frames.at(-1)).toMatchObject({ action: 'agent_disconnected', payload: { reason: 'logged_out_remotely' } })
  expect(await two.socket.ask('ping')).toMatchObject({ success: true })
  const revoked = two.socket.closed()
  await server.administer('agent password', server.agent)
  await revoked
  expect(two.socket.frames.at(-1)).toMatchObject({ payload: { reason: 'access_token_revoked' } })
})
