/** The network as webhooks use it: one request over HTTP to an address that was checked, and no step further (WHK7). */
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { MAX_WEBHOOK_ANSWER_BYTES } from '../../protocol/limits.ts'
import type { Reach } from '../domain/addresses.ts'
import { type Resolve, sparing, systemResolve } from './names.ts'
import { type Answer, type Post, type Send, Unanswered } from './parts.ts'

/** Connections that are kept for the next delivery. */
const IDLE_MS = 15_000
const MAX_IDLE = 8

export interface Network {
  readonly send: Send
  /** Lets go of every connection. */
  close(): void
}

export function openNetwork(reach: Reach, resolve: Resolve = systemResolve): Network {
  const options = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE }
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }
  const lookup = guarded(reach, sparing(resolve))

  const once = ({ url: text, headers, body }: Post, signal: AbortSignal): Promise<Answer> => {
    const url = new URL(text)
    const secure = url.protocol === 'https:'
    return new Promise((resolve, reject) => {
      const asking = (secure ? https : http).request(
        url,
        { method: 'POST', headers, signal, lookup, agent: agents[secure ? 'https:' : 'http:'] },
        (response) => void read(response).then(resolve, reject),
      )
      asking.on('error', (error) => reject(Object.assign(error, { reused: asking.reusedSocket })))
      asking.end(body)
    })
  }

  return {
    async send(post, signal) {
      // What was allowed when it was registered need not be any more.
      const why = reach.refusalOf(post.url)
      if (why !== null) throw new Unanswered(`the url ${why}`)
      try {
        return await once(post, signal)
      } catch (error) {
        // The other side may end a kept connection at the moment it is used again, which says nothing of the endpoint.
        if (!signal.aborted && isStaleConnection(error)) return once(post, signal)
        throw error
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

const isStaleConnection = (error: unknown): boolean =>
  error instanceof Error && 'reused' in error && error.reused === true && 'code' in error && error.code === 'ECONNRESET'

/** What is checked here is what is connected to: nobody asks the names again in between. */
const guarded =
  (reach: Reach, resolve: Resolve): LookupFunction =>
  (host, { all }, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found
        const allowed = first !== undefined && found.every(({ address }) => reach.permits(host, address))
        if (!allowed) callback(new Unanswered('the host is at an address that is not public'), '', 0)
        else if (all) callback(null, [...found])
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    )
  }

/** To its end, so that the connection can be used again, or until it is too much. */
async function read(response: http.IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response
  let bytes = 0
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length
    if (bytes > MAX_WEBHOOK_ANSWER_BYTES) break
  }
  return { status, retry_after: headers['retry-after'] ?? null }
}
