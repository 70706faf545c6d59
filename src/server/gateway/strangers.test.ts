/** What an operator reads of pages that were turned away: enough to set it right, and never a flood. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { type Fields, silentLog } from './log.ts'

let scene: Scene
let warned: Fields[]

beforeEach(async () => {
  warned = []
  scene = await openScene({ parts: { log: { ...silentLog, warn: (fields) => warned.push(fields) } } })
})
afterEach(() => scene.close())

const ask = (origin: string | null, query = '?license=1&client_id=demo') =>
  scene.http({ method: 'POST', path: `/v1/customer/token${query}`, body: '{}' }, { origin })

it('names origin, client id and reason, once however often it asks', async () => {
  for (let n = 0; n < 5; n++) expect((await ask('https://evil.test')).status).toBe(403)
  expect(warned).toEqual([{ origin: 'https://evil.test', license: '1', client_id: 'demo', reason: 'origin_not_allowed' }])
  await ask(null, '?license=1&client_id=none')
  expect(warned.slice(1)).toEqual([{ origin: null, license: '1', client_id: 'none', reason: 'license_not_found' }])
})

it('comes over sockets too', async () => {
  const token = (await scene.token()).access_token
  const peer = await scene.connect('customer', { origin: 'https://evil.test' })
  expect((await peer.refusal('login', { token })).type).toBe('origin_not_allowed')
  expect(warned).toMatchObject([{ origin: 'https://evil.test' }])
})

it('fills no log, whoever asks, and is told of again after an hour', async () => {
  for (let n = 0; n < 150; n++) await ask(`https://${'x'.repeat(1000)}${n}.test`)
  for (let n = 0; n < 150; n++) await ask(`https://${n}.test`)
  expect(warned.length).toBe(100)
  expect(JSON.stringify(warned[0]).length).toBeLessThan(400)
  await scene.clock.advance(60 * 60 * 1000)
  await ask('https://1.test')
  expect(warned.length).toBe(101)
})
