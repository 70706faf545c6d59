/** The environment of a page. Everything is tried before it is relied on, so that React Native, Node and a sandboxed frame will do as well. */
import type { Environment, HttpRequest, HttpResponse, Storage } from './environment.ts'
import { onWake } from './signals.ts'
import { openSocket } from './socket.ts'
import { type Channel, createChannel, exclusively } from './tabs.ts'

/** The origin of the script that holds this code, when a script tag loaded it; it can be asked only while the script runs. */
export const scriptOrigin = originOf((globalThis.document?.currentScript as { src?: string } | null | undefined)?.src)

function originOf(src: string | undefined): string | undefined {
  return src ? new URL(src).origin : undefined
}

export function browserEnvironment(storage: Storage): Environment {
  const channels = new Map<string, Channel>()
  const channel = (name: string) => {
    const found = channels.get(name) ?? createChannel(name)
    channels.set(name, found)
    return found
  }
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
    random: () => Math.random(),
    id: randomId,
    online: () => globalThis.navigator?.onLine !== false,
    onWake,
    exclusively,
    broadcast: (name, message) => channel(name).post(message),
    onBroadcast: (name, receive) => channel(name).listen(receive),
  }
}

async function send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const response = await fetch(url, {
    method,
    credentials: 'same-origin',
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
  })
  return { status: response.status, body: await response.text(), header: (name) => response.headers.get(name) }
}

/** 128 random bits. Where there is no `crypto`, as in old React Native, chance has to do. */
function randomId(): string {
  const bytes = new Uint8Array(16)
  if (globalThis.crypto) crypto.getRandomValues(bytes)
  else for (let at = 0; at < 16; at++) bytes[at] = Math.random() * 256
  let text = ''
  for (const byte of bytes) text += (byte + 256).toString(16).slice(1)
  return text
}
