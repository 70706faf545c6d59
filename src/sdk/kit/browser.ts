/** The environment of a page. Everything is tried before it is relied on, so that React Native, Node and a sandboxed frame will do as well. */
import type { Environment, HttpRequest, Storage } from './environment.ts'
import { onWake } from './signals.ts'
import { openSocket } from './socket.ts'
import { exclusively, openChannel } from './tabs.ts'

const script = globalThis.document?.currentScript as { readonly src?: string } | null | undefined
/** The origin of the script that holds this code, when a script tag loaded it; it can be asked only while the script runs. */
export const scriptOrigin = script?.src && new URL(script.src).origin

type Fetch = (url: string, request: HttpRequest) => Promise<{ readonly status: number; text(): Promise<string> }>

/** `ask` in the place of the platform's own `fetch`. */
export function browserEnvironment(storage: Storage, ask: Fetch = (url, request) => fetch(url, request)): Environment {
  return {
    clock: {
      now: () => Date.now(),
      after,
    },
    storage,
    openLink: openSocket,
    async fetch(request) {
      const response = await ask(request.url, request)
      return { status: response.status, body: await response.text() }
    },
    random: Math.random,
    id: randomId,
    onWake,
    exclusively,
    openChannel,
  }
}

function after(ms: number, callback: () => void, matters?: boolean): () => void {
  // In Node a timer is an object.
  const timer: number & { unref?(): void } = setTimeout(callback, ms)
  if (!matters) timer.unref?.()
  return () => clearTimeout(timer)
}

/** 128 random bits. Where there is no `crypto`, as in old React Native, chance has to do. */
function randomId(): string {
  return (globalThis.crypto?.getRandomValues(new Uint32Array(4)) ?? [1, 2, 3, 4].map(Math.random)).join('-')
}
