/** A shop that visitors chat with through the customer SDK: the real gateway and store, and a network in memory between them. */
import type { CustomerSDK } from '../sdk/customer/api.ts'
import { createFace, type FaceSDK } from '../sdk/customer/face.ts'
import type { LoadMore } from '../sdk/customer/later.ts'
import { createMembers } from '../sdk/customer/members.ts'
import * as more from '../sdk/customer/more.ts'
import type { Config, EventName, Events } from '../sdk/customer/types.ts'
import { Device, Tab } from './environment.ts'
import { openScene, type Peer, type Scene } from './gateway.ts'
import { type Saying, vouchFor } from './identity.ts'
import { createRandom } from './random.ts'

const CONFIG: Config = { server: 'http://chat.test', license: 1, clientId: 'demo' }

/** Everything an SDK has told, oldest first. */
export interface Told {
  readonly all: [EventName, unknown][]
  of<N extends EventName>(name: N): Events[N][]
}

export function tellsOf(sdk: CustomerSDK): Told {
  const all: [EventName, unknown][] = []
  sdk.on('*', (name, data) => all.push([name, data]))
  return { all, of: <N extends EventName>(name: N) => all.flatMap(([told, data]) => (told === name ? [data as Events[N]] : [])) }
}

export interface Visit {
  readonly tab: Tab
  readonly device: Device
  readonly sdk: CustomerSDK
  readonly told: Told
}

export interface Shop extends Scene {
  device(options?: { skew?: number }): Device
  /** A page with the SDK on it; on a device of its own unless told otherwise. Resolves when all is calm. */
  visit(on?: Device | Tab, config?: Partial<Config>, load?: LoadMore): Promise<Visit>
  /** The same, with what a face is built on. */
  look(on?: Device | Tab, config?: Partial<Config>): Promise<{ tab: Tab; device: Device; face: FaceSDK }>
  /** Lets everything that needs no time come to its end. */
  settle(): Promise<void>
  /** What the page's own back end hands out for the user who is signed in there. */
  vouch(user: string, says?: Saying): string
  /** What an agent says. */
  say(agent: Peer, chat_id: string, text: string): Promise<unknown>
}

const tabOf = (on: Device | Tab) => (on instanceof Tab ? on : on.open())

export async function openShop(seed = 'shop'): Promise<Shop> {
  const scene = await openScene({ patient: true })
  const random = createRandom(seed)
  const ends: (() => void)[] = []
  const settle = () => scene.clock.advance(0)
  const device: Shop['device'] = (options = {}) => new Device({ network: scene.network, clock: scene.clock, random, ...options })
  return {
    ...scene,
    device,
    settle,
    async visit(on = device(), config, load = async () => more) {
      const tab = tabOf(on)
      const sdk = createMembers({ ...CONFIG, ...config }, tab.environment, load)
      const told = tellsOf(sdk)
      ends.push(sdk.destroy)
      await settle()
      return { tab, device: tab.device, sdk, told }
    },
    async look(on = device(), config) {
      const tab = tabOf(on)
      const face = createFace({ ...CONFIG, ...config }, tab.environment)
      face.connect()
      ends.push(face.destroy)
      await settle()
      return { tab, device: tab.device, face }
    },
    vouch: (user, says) => vouchFor(scene.founded.identity_secret, user, scene.clock.now(), says),
    say: (agent, chat_id, text) => agent.ask('send_event', { chat_id, event: { type: 'message', text } }),
    async close() {
      for (const end of ends) end()
      await settle()
      await scene.close()
    },
  }
}

/** The code with which a promise was rejected, or that it was not. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fulfilled',
    (error: { code?: string }) => error.code ?? String(error),
  )
