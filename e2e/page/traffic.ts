/** What a page asks for besides itself, counted by the browser. */
import type { CDPSession } from '@playwright/test'

export class Traffic {
  readonly #asked = new Set<string>()
  readonly #pending = new Set<string>()
  #bytes = 0

  /** From now on, without what comes from the page's own site. */
  static async watch(session: CDPSession, own: string): Promise<Traffic> {
    const traffic = new Traffic()
    const ask = (id: string) => traffic.#asked.add(id)
    const end = ({ requestId }: { requestId: string }) => traffic.#pending.delete(requestId)
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!/^https?:/.test(request.url) || request.url.startsWith(own)) return
      ask(requestId)
      traffic.#pending.add(requestId)
    })
    session.on('Network.webSocketCreated', ({ requestId }) => ask(requestId))
    session.on('Network.loadingFailed', end)
    session.on('Network.loadingFinished', (finished) => {
      if (end(finished)) traffic.#bytes += finished.encodedDataLength
    })
    session.on('Network.webSocketFrameReceived', ({ response }) => {
      traffic.#bytes += response.payloadData.length
    })
    await session.send('Network.enable')
    return traffic
  }

  /** Sockets included. */
  get requests(): number {
    return this.#asked.size
  }

  /** As they come over the line, headers and what sockets hear included. */
  get bytes(): number {
    return this.#bytes
  }

  get isUnderWay(): boolean {
    return this.#pending.size > 0
  }
}
