/** The network over real sockets: one request to the address that was checked, and nothing that an answer asks for. */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createReach } from '../domain/addresses.ts'
import type { Found } from './names.ts'
import { openNetwork } from './post.ts'

const LOOPBACK = createReach('127.0.0.0/8')

interface Heard {
  readonly path: string
  readonly method: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** An endpoint on this machine. */
async function listen(answer: (response: ServerResponse, heard: Heard, socket: Socket) => void = (response) => response.end()) {
  const heard: Heard[] = []
  const sockets = new Set<Socket>()
  const server = http.createServer(async (request, response) => {
    sockets.add(request.socket)
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { path: request.url ?? '', method: request.method ?? '', headers: request.headers, body }
    heard.push(one)
    answer(response, one, request.socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { heard, sockets, port: (server.address() as AddressInfo).port }
}

function network(reach = LOOPBACK, resolve?: (host: string) => Promise<Found[]>) {
  const { send, close } = openNetwork(reach, resolve)
  onTestFinished(close)
  return (url: string, signal = new AbortController().signal) =>
    send({ url, headers: { 'content-type': 'application/json' }, body: '{"ä":1}' }, signal)
}

const at = (address: string): Found => ({ address, family: address.includes(':') ? 6 : 4 })

test('it is posted whole, and the connection is kept', async () => {
  const { heard, sockets, port } = await listen((response) => response.writeHead(204).end())
  const post = network()
  for (let time = 0; time < 3; time++) expect(await post(`http://127.0.0.1:${port}/hook?x=1`)).toEqual({ status: 204, retry_after: null })
  expect(heard).toHaveLength(3)
  expect(heard[0]).toMatchObject({ method: 'POST', path: '/hook?x=1', body: '{"ä":1}', headers: { 'content-length': '8' } })
  expect(sockets.size).toBe(1)
})

test('[WHK3] a redirect is an answer, and is not followed', async () => {
  const { heard, port } = await listen((response) => response.writeHead(307, { location: '/elsewhere', 'retry-after': '7' }).end())
  expect(await network()(`http://127.0.0.1:${port}/`)).toEqual({ status: 307, retry_after: '7' })
  expect(heard).toHaveLength(1)
})

test('an answer without an end is read no further than some kB', async () => {
  let closed = false
  const { port } = await listen((response) => {
    const timer = setInterval(() => response.write('x'.repeat(1024)), 1)
    response.on('close', () => {
      closed = true
      clearInterval(timer)
    })
  })
  expect(await network()(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 })
  await expect.poll(() => closed).toBe(true)
})

test('silence ends when the signal says so, also in the middle of an answer', async () => {
  const { sockets, port } = await listen((response, { path }) => void (path === '/drip' && response.write('.')))
  const post = network()
  for (const path of ['/silent', '/drip']) {
    const controller = new AbortController()
    const asked = post(`http://127.0.0.1:${port}${path}`, controller.signal)
    setTimeout(() => controller.abort(), 50)
    await expect(asked).rejects.toThrow()
  }
  await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true)
})

test('a socket that is closed is a failure; one that was kept and is closed at its next use is tried anew', async () => {
  let times = 0
  const { heard, port } = await listen((response, _, socket) => (++times === 2 ? socket.destroy() : response.end()))
  const post = network()
  await post(`http://127.0.0.1:${port}/`)
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 })
  expect(heard).toHaveLength(3)
  const closing = await listen((_, __, socket) => socket.destroy())
  await expect(post(`http://127.0.0.1:${closing.port}/`)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(closing.heard).toHaveLength(1)
})

test('[WHK7] the address that was checked is the one that is connected to', async () => {
  const { heard, port } = await listen()
  const asked: string[] = []
  const answers = [[at('127.0.0.1')], [at('93.184.216.34')]]
  // Whoever asked a second time would be led elsewhere.
  const post = network(LOOPBACK, async (host) => {
    asked.push(host)
    return answers.shift() ?? []
  })
  expect(await post(`http://hooks.test:${port}/`)).toMatchObject({ status: 200 })
  expect([asked, heard[0]?.headers.host]).toEqual([['hooks.test'], `hooks.test:${port}`])
})

test.each([
  ['one that is not public', ['127.0.0.1']],
  ['several, of which one is not', ['93.184.216.34', '::1']],
  ['an IPv4 address in disguise', ['::ffff:127.0.0.1']],
  ['none', []],
])('[WHK7] nothing is connected to where a name has %s', async (_, addresses) => {
  const { heard, port } = await listen()
  const post = network(createReach(), async () => addresses.map(at))
  await expect(post(`http://hooks.test:${port}/`)).rejects.toThrow('the host is at an address that is not public')
  expect(heard).toEqual([])
})

test('[WHK7] an address that was allowed once and is not any more is not connected to either', async () => {
  const { heard, port } = await listen()
  await expect(network(createReach())(`http://127.0.0.1:${port}/`)).rejects.toThrow('the url leads to an address that is not public')
  await expect(network(createReach())(`http://localhost:${port}/`)).rejects.toThrow('the host is at an address that is not public')
  expect(heard).toEqual([])
})

test('a name that nobody knows is a failure with its code', async () => {
  const failing = async () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))
  await expect(network(LOOPBACK, failing)('http://hooks.test/')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})
