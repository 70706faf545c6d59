/** Visitors by the hundred, each a customer of their own at an address of their own, logged in over a real socket. */
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { Talker } from './talker.ts'

export interface Visitor {
  readonly talker: Talker
  readonly chat_id: string | null
}

/** Visitors behind one address; a house has few. */
const PER_ADDRESS = 40
const AT_ONCE = 20

const addressOf = (at: number) => `127.0.${1 + Math.floor(at / PER_ADDRESS / 200)}.${1 + (Math.floor(at / PER_ADDRESS) % 200)}`

function tokenFor(url: string, localAddress: string): Promise<string> {
  const body = JSON.stringify({ grant_type: 'anonymous', visitor_key: randomUUID() })
  const headers = { 'content-type': 'application/json', origin: url, 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const call = request(`${url}/v1/customer/token?license=1&client_id=demo`, { method: 'POST', headers, localAddress }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode !== 200) return reject(new Error(`unable to get a token; ${answer.statusCode} ${text}`))
        resolve((JSON.parse(text) as { access_token: string }).access_token)
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

async function arrive(url: string, at: number, chatting: boolean): Promise<Visitor> {
  const address = addressOf(at)
  const token = await tokenFor(url, address)
  const talker = await Talker.open(`${url.replace('http', 'ws')}/v1/customer/rtm?license=1&client_id=demo`, { origin: url }, address)
  await talker.ask('login', { token })
  if (!chatting) return { talker, chat_id: null }
  const { chat } = (await talker.ask('start_chat', {})) as { chat: { id: string } }
  return { talker, chat_id: chat.id }
}

/** So many visitors, a few at a time. */
export async function gather(url: string, count: number, chatting: boolean, first = 0): Promise<Visitor[]> {
  const visitors: Visitor[] = []
  for (let at = 0; at < count; at += AT_ONCE) {
    const next = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, more) => arrive(url, first + at + more, chatting))
    visitors.push(...(await Promise.all(next)))
  }
  return visitors
}
