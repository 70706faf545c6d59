/** Rocket.Chat's live chat as it is published, brought from the registry for one run, on a server that says what its own would. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { WebSocketServer } from 'ws'
import { npm } from '../../.ci/install.mjs'

export const VERSION = '1.13.3'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** An organization that is there to answer and asks no questions first: the shortest way to a chat that there is. */
const CONFIG = {
  enabled: true,
  online: true,
  settings: { registrationForm: false, language: 'en', displayOfflineForm: true, fileUpload: true },
  theme: { title: 'Chat', color: '#1d5bd6', offlineTitle: 'Chat', offlineColor: '#666666' },
  messages: {},
  departments: [],
  triggers: [],
  resources: {},
}

export class RocketChat {
  readonly #server: Server
  readonly #place: string
  readonly #packed = new Map<string, Buffer>()

  private constructor(server: Server, place: string) {
    this.#server = server
    this.#place = place
  }

  /** Resolves with null where the registry cannot be reached. */
  static async bring(): Promise<RocketChat | null> {
    const place = await mkdtemp(join(tmpdir(), 'porchlight-peer-'))
    const brought = await npm(place, ['pack', `@rocket.chat/livechat@${VERSION}`]).then(
      () => true,
      () => false,
    )
    if (!brought) return rm(place, { recursive: true }).then(() => null)
    execFileSync('tar', ['-xzf', `rocket.chat-livechat-${VERSION}.tgz`], { cwd: place })
    const peer = new RocketChat(createServer().listen(0, '127.0.0.1'), place)
    await peer.#listen()
    return peer
  }

  /** The page's own site by name, so that one process has both, and one measurement sees both. */
  get #url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('unable to name the peer; its server does not listen')
    return `http://localhost:${address.port}`
  }

  /** What its documentation tells a site to paste. */
  get tag(): string {
    const app = `${this.#url}/livechat?serverUrl=${encodeURIComponent(this.#url)}`
    return `<script>window.RocketChat = function (call) { RocketChat._.push(call) }; RocketChat._ = []; RocketChat.url = '${app}'</script>
      <script async src="${this.#url}/livechat/rocketchat-livechat.min.js"></script>`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await rm(this.#place, { recursive: true })
  }

  async #listen(): Promise<void> {
    await once(this.#server, 'listening')
    this.#server.on('request', (request, response) => this.#answer(request, response))
    const sockets = new WebSocketServer({ server: this.#server })
    sockets.on('connection', (socket) => {
      socket.on('message', (data) => {
        for (const answer of answersTo(JSON.parse(data.toString()) as Said)) socket.send(JSON.stringify(answer))
      })
    })
  }

  #answer({ url = '/' }: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(url, this.#url)
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    if (pathname.startsWith('/api/')) {
      const answer = JSON.stringify({ success: true, ...(pathname.endsWith('/config') && { config: CONFIG }) })
      response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(answer)
      return
    }
    const name = pathname.replace(/^\/livechat\/?/, '') || 'index.html'
    const file = join(this.#place, 'package', 'build', name)
    const type = TYPES[extname(name)]
    if (!type || !existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { ...headers, 'content-type': type, 'content-encoding': 'br' }).end(this.#pack(file))
  }

  /** As small as our own server sends what is ours. */
  #pack(file: string): Buffer {
    const bytes = this.#packed.get(file) ?? brotliCompressSync(readFileSync(file))
    this.#packed.set(file, bytes)
    return bytes
  }
}

interface Said {
  readonly msg: string
  readonly id?: string
}

/** As much of its protocol as keeps a client content. */
function answersTo({ msg, id }: Said): object[] {
  if (msg === 'connect') return [{ msg: 'connected', session: '1' }]
  if (msg === 'ping') return [{ msg: 'pong' }]
  if (msg === 'sub') return [{ msg: 'ready', subs: [id] }]
  if (msg === 'method')
    return [
      { msg: 'result', id, result: null },
      { msg: 'updated', methods: [id] },
    ]
  return []
}
