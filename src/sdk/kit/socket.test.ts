/** One WebSocket of the platform, and a platform that has none. */
import { once } from 'node:events'
import { afterEach, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { openSocket } from './socket.ts'

afterEach(() => vi.unstubAllGlobals())

it('opens, carries frames of text both ways, and tells how it ended', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    socket.on('message', (data) => socket.send(`heard ${data}`))
    socket.on('close', (code, reason) => server.emit('told', code, String(reason)))
  })
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const told = new Promise((resolve) => server.once('told', (...end) => resolve(end)))
  const heard: unknown[] = []
  const ended = new Promise<void>((resolve) => {
    const link = openSocket(`ws://127.0.0.1:${port}/`, {
      open() {
        heard.push('open')
        link?.send('hello')
      },
      frame(text) {
        heard.push(text)
        link?.close(4000, 'enough')
      },
      closed(code, reason) {
        heard.push([code, reason])
        resolve()
      },
    })
  })
  await ended
  expect(heard).toEqual(['open', 'heard hello', [4000, 'enough']])
  expect(await told).toEqual([4000, 'enough'])
  server.close()
})

it('is closed while it opens, and ends nothing but itself, with the WebSocket of `ws` as well', async () => {
  vi.stubGlobal('WebSocket', WebSocket)
  const ended = new Promise((resolve) => {
    const link = openSocket('ws://127.0.0.1:9/', { open() {}, frame() {}, closed: resolve })
    link?.close()
  })
  expect(await ended).toBe(1006)
})

it.each([
  ['there is none', undefined],
  [
    'it refuses the address',
    class {
      constructor() {
        throw new SyntaxError('no such address')
      }
    },
  ],
])('is none, and throws nothing, where %s', (_, platform) => {
  vi.stubGlobal('WebSocket', platform)
  expect(openSocket('ws://127.0.0.1:1/', { open() {}, frame() {}, closed() {} })).toBeNull()
})
