/** A client's connection to a stage, and all that it tells. */
import { type Connection, createConnection } from '../sdk/wire/connection.ts'
import { createClock, type FakeClock } from './clock.ts'
import { Device, type Tab } from './environment.ts'
import { Network } from './network.ts'
import { createRandom } from './random.ts'
import { openStage, type Stage } from './stage.ts'
import type { Line } from './wire.ts'

export interface NearEnd {
  readonly clock: FakeClock
  readonly network: Network
  readonly stage: Stage
  readonly device: Device
  readonly tab: Tab
  /** States, pushes and reasons, oldest first. */
  readonly told: string[]
  /** Whether each login was to be made with something fresh. */
  readonly logins: boolean[]
  /** The newest socket. */
  readonly line: Line | undefined
  /** `chance` decides how long each wait is; nearly the whole of it unless told otherwise. `heard` is called with all that is told, at once. */
  create(chance?: number, heard?: (what: string) => void): Connection
  /** A connection that stands, and has told nothing yet. */
  live(chance?: number): Promise<Connection>
  /** The server ends the link, and says why. */
  sendAway(reason: string, data?: object): void
}

export function openNearEnd(): NearEnd {
  const clock = createClock()
  const network = new Network(clock)
  const stage = openStage(network)
  const device = new Device({ network, clock, random: createRandom('near end') })
  const tab = device.open()
  const told: string[] = []
  const logins: boolean[] = []
  const create: NearEnd['create'] = (chance = 0.999, heard = () => {}) => {
    const tell = (what: string) => {
      told.push(what)
      heard(what)
    }
    return createConnection({
      environment: { ...tab.environment, random: () => chance },
      url: 'ws://chat.test/v1/customer/rtm?license=1&client_id=demo',
      login: async (fresh) => {
        logins.push(fresh)
        return { token: 't' }
      },
      onWelcome: () => tell('welcome'),
      onPush: ({ action }) => tell(action),
      onState: tell,
      onReason: (reason) => tell(`because ${reason}`),
    })
  }
  return {
    clock,
    network,
    stage,
    device,
    tab,
    told,
    logins,
    get line() {
      return network.opened.at(-1)
    },
    create,
    async live(chance) {
      const connection = create(chance)
      connection.connect()
      await clock.advance(0)
      if (connection.state !== 'live') throw new Error(`the connection is ${connection.state}`)
      told.length = 0
      return connection
    },
    sendAway: (reason, data) => stage.push('customer_disconnected', { reason, ...(data && { data }) }),
  }
}
