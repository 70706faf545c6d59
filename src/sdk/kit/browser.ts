/** The environment of a page. Everything is tried before it is relied on, so that React Native, Node and a sandboxed frame will do as well. */
import type { Environment, HttpRequest, HttpResponse, Storage } from './environment.ts'
import { onWake } from './signals.ts'
import { openSocket } from './socket.ts'
import { createChannels, exclusively } from './tabs.ts'

const script = globalThis.document?.currentScript as { readonly src?: string } | null | undefined
/** The origin of the script that holds this code, when a script tag loaded it; it can be asked only while the script runs. */
export const scriptOrigin = script?.src ? new URL(script.src).origin : undefined

export function browserEnvironment(storage: Storage): Environment {
  const { post, listen } = createChannels()
  return {
    clock: {
      now: () => Date.now(),
      after(ms, callback) {
        const timer = setTimeout(callback, ms)
        return () => clearTimeout(timer)
      },
    },
    storage,
    openLink: openSocket,
    fetch: send,
    random: Math.random,
    id: randomId,
    online: () => globalThis.navigator?.onLine !== false,
    onWake,
    exclusively,
    broadcast: post,
    onBroadcast: listen,
  }
}

async function send(request: HttpRequest): Promise<HttpResponse> {
  const response = await fetch(request.url, request)
  return { status: response.status, body: await response.text(), header: (name) => response.headers.get(name) }
}

/** 128 random bits. Where there is no `crypto`, as in old React Native, chance has to do. */
function randomId(): string {
  let text = ''
  for (const byte of globalThis.crypto?.getRandomValues(new Uint8Array(16)) ?? Array.from({ length: 16 }, () => Math.random() * 256)) {
    text += (256 + Math.floor(byte)).toString(16).slice(1)
  }
  return text
}
