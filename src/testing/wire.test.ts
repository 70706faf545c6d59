/** The wire in memory behaves as a socket does, and as a bad line does when told. */
import { beforeEach, expect, test } from 'vitest'
import type { Wire } from '../server/gateway/wire.ts'
import { createClock } from './clock.ts'
import { Network } from './network.ts'
import { turns } from './turns.ts'

const url = 'ws://chat.test/v1/customer/rtm?license=1&client_id=demo'
const caller = { origin: 'http://shop.test', address: '10.0.0.1', cookie: null }

let clock = createClock()
let network = new Network(clock)
let wires: Wire[] = []
let heard: string[] = []

beforeEach(() => {
  clock = createClock()
  network = new Network(clock)
  wires = []
  heard = []
  network.listen({
    accept: (wire, { side, license, client_id }) => {
      wires.push(wire)
      heard.push(`server: ${side} ${license} ${client_id}`)
      return {
        receive: (frame) => heard.push(`server: ${frame}`),
        pong: () => heard.push('server: pong'),
        closed: () => heard.push('server: closed'),
      }
    },
    fetch: () => Promise.reject(new Error('no HTTP here')),
  })
})

function dial() {
  return network.openLink(
    url,
    {
      open: () => heard.push('client: open'),
      frame: (text) => heard.push(`client: ${text}`),
      closed: (code) => heard.push(`client: closed ${code}`),
    },
    caller,
  )
}

test('frames flow both ways by themselves, and a ping is answered by the platform', async () => {
  const { link } = dial()
  await turns()
  link.send('{"up":1}')
  wires[0]?.send('{"down":1}')
  wires[0]?.ping()
  await turns()
  expect(heard).toEqual(['server: customer 1 demo', 'client: open', 'server: {"up":1}', 'client: {"down":1}', 'server: pong'])
})

test('a held line moves only when stepped, and its backlog grows', async () => {
  network.held = true
  const line = dial()
  await turns()
  expect(heard).toEqual([])
  line.up.step()
  line.down.step()
  wires[0]?.send('"a"')
  wires[0]?.send('"b"')
  await turns()
  expect(wires[0]?.backlog()).toBe(6)
  line.down.duplicate()
  line.down.drop(2)
  line.down.step(10)
  expect(heard.slice(2)).toEqual(['client: "a"', 'client: "a"'])
})

test('a late line delivers when the clock says so', async () => {
  const line = dial()
  await turns()
  line.down.delay(300)
  wires[0]?.send('"late"')
  await clock.advance(299)
  expect(heard).not.toContain('client: "late"')
  await clock.advance(1)
  expect(heard).toContain('client: "late"')
})

test('a cut that only the server notices leaves the client with a half-open socket', async () => {
  const line = dial()
  await turns()
  line.cut('server')
  line.link.send('"into the void"')
  await turns()
  expect(heard.slice(2)).toEqual(['server: closed'])
  expect(network.lines).toHaveLength(1)
})

test('a close by either side is agreed to and told once to both', async () => {
  const first = dial()
  await turns()
  first.link.close(1000, 'bye')
  await turns()
  const second = dial()
  await turns()
  wires[1]?.close(1012, 'draining')
  await turns()
  expect(second.over && first.over).toBe(true)
  expect(heard.filter((line) => line.includes('closed'))).toEqual([
    'server: closed',
    'client: closed 1000',
    'client: closed 1012',
    'server: closed',
  ])
})

test('a dead server hears nothing more, and what had left it arrives if told so', async () => {
  network.held = true
  const lines = [dial(), dial()]
  for (const line of lines) line.up.step()
  for (const wire of wires) wire.send('"farewell"')
  network.sever((line) => line === lines[0])
  for (const line of lines) line.down.step(10)
  wires[0]?.send('"from the grave"')
  for (const line of lines) line.down.step(10)
  expect(heard.slice(2)).toEqual(['client: open', 'client: "farewell"', 'client: closed 1006', 'client: closed 1006'])
})
