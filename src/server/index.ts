/** Door "./server": a whole Porchlight server inside a Node program. The composition root: only here implementations are chosen. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listenAdmin, type Perform } from './admin.ts'
import { createMemoryBus } from './bus/memory.ts'
import { performIn } from './commands/tasks.ts'
import { createReach } from './domain/addresses.ts'
import { openDiskFiles } from './files/disk.ts'
import { parseTrust } from './gateway/address.ts'
import { loadAssets } from './gateway/assets.ts'
import { type Clock, systemClock } from './gateway/clock.ts'
import { Gateway } from './gateway/gateway.ts'
import { createHttp } from './gateway/http.ts'
import { type Log, silentLog } from './gateway/log.ts'
import { Metrics } from './gateway/metrics.ts'
import { watchProcess } from './gateway/operations.ts'
import type { Parts } from './gateway/parts.ts'
import { createRateLimiter } from './gateway/ratelimit.ts'
import { attachSockets } from './gateway/websocket.ts'
import { endOnSignals } from './signals.ts'
import { inDirectory } from './store/sqlite/directory.ts'
import { acquireLock } from './store/sqlite/lock.ts'
import { openSqliteStore } from './store/sqlite/store.ts'
import type { Store } from './store/store.ts'
import { sweepRegularly } from './sweeper.ts'
import { DEFAULT_HOST, DEFAULT_PORT, urlOf } from './url.ts'
import { publicDirectory, version } from './version.ts'
import { openWebhooks, type Webhooks } from './webhooks.ts'

export type { Clock, Log, Store }

export interface ServerOptions {
  /** The folder of everything that is kept; made when it is not there. One server at a time can have it. */
  readonly data: string
  /** 127.0.0.1 unless told otherwise. */
  readonly host?: string
  /** 4600 unless told otherwise; 0 takes any that is free. */
  readonly port?: number
  /** The address users know the server by, as in `https://chat.example.com`. Needed behind TLS: cookies are made for it. */
  readonly publicUrl?: string | null
  /** Which proxies are believed: how many stand before the server, or their addresses and networks with commas between. */
  readonly trustProxy?: string | undefined
  /** What Prometheus shows as a bearer token to read `/metrics`; without one only this machine may read it. */
  readonly metricsToken?: string | null
  /** Where webhooks may lead beside public addresses: networks and names of hosts with commas between. */
  readonly webhookAllow?: string | undefined
  /** Multiplies all rate limits; for load tests. */
  readonly rateFactor?: number
  /** Says nothing unless told otherwise. */
  readonly log?: Log
  /** Where `/` leads. */
  readonly home?: string | null
  readonly clock?: Clock
  /** Called when the disk failed and nothing can be promised any more; ends the process unless told otherwise. */
  readonly onFatal?: (error: unknown) => void
  /** Puts something between the server and its store: a test that counts, delays or kills. */
  readonly wrapStore?: (store: Store) => Store
}

export interface Server {
  /** Begins to take connections; resolves with the address on this machine. Rejects when the port is taken. */
  listen(): Promise<{ readonly url: string; readonly port: number }>
  /** Carries out what the command line offers, as in `administer('org create', {name: 'Acme'})`. */
  readonly administer: Perform
  /** Takes no new work, answers what was taken, tells clients to come back, and lets go of everything. */
  close(): Promise<void>
}

/** How long connections may take to go by themselves once they were told. */
const FAREWELL_MS = 500

/** Opens the data directory, and refuses when another server has it. Nothing is reachable before `listen`. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { data, log = silentLog } = options
  const lock = inDirectory(data, () => acquireLock(data))
  try {
    const server = open(options, log)
    const close = server.close
    return { ...server, close: () => close().finally(() => lock.release()) }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Runs a server until the system asks it to end, and then ends the process; resolves with the address that users have for it.
 * `prepare` comes before anyone can connect. */
export async function serve(
  options: ServerOptions,
  prepare?: (server: Server) => Promise<void>,
): Promise<Server & { readonly url: string }> {
  const server = await createServer(options)
  endOnSignals(server)
  try {
    await prepare?.(server)
    const { port } = await server.listen()
    const url = urlOf({ ...options, port })
    options.log?.info({ url, data: options.data }, 'listening')
    return { ...server, url }
  } catch (error) {
    await server.close()
    throw error
  }
}

function open(options: ServerOptions, log: Log): Server {
  const { data, host = DEFAULT_HOST, port = DEFAULT_PORT, publicUrl = null, metricsToken = null, trustProxy, home = null } = options
  const { webhooks, parts } = partsOf(options, log)
  const gateway = new Gateway(parts, publicUrl)
  const trust = parseTrust(trustProxy)
  const assets = loadAssets({ directory: publicDirectory, version, home })
  const http = createHttp({ gateway, trust, assets, metricsToken })
  const endSockets = attachSockets(http.server, gateway, trust)
  const stopWatching = watchProcess(parts.metrics)
  const stopSweeping = sweepRegularly({
    ...parts,
    tell: (organization_id, committed) => gateway.fanout.committed(organization_id, committed, null),
  })
  let bound = port
  const administer = performIn({
    store: parts.store,
    now: () => parts.clock.now(),
    id: parts.id,
    url: () => urlOf({ publicUrl, host, port: bound }),
    revoke: (organization_id, user_id, reason) => gateway.revoke(organization_id, user_id, reason),
  })
  let stopAdmin: (() => Promise<void>) | null = null

  return {
    administer,
    async listen() {
      bound = Number(new URL(await http.listen({ host, port })).port)
      stopAdmin = await listenAdmin(data, administer)
      await webhooks.start(gateway.fileSigner.at(urlOf({ publicUrl, host, port: bound })))
      if (!stopAdmin) log.warn({ data }, 'the path of the data directory is too long for the command line to reach this server')
      return { url: urlOf({ host, port: bound }), port: bound }
    },
    async close() {
      if (http.server.listening) log.info({}, 'ending')
      await stopAdmin?.()
      await Promise.all([gateway.drain(), webhooks.stop()])
      const closed = http.close()
      const impatience = setTimeout(() => {
        endSockets()
        http.server.closeAllConnections()
      }, FAREWELL_MS)
      await closed
      clearTimeout(impatience)
      stopWatching()
      stopSweeping()
      await parts.bus.close()
      await parts.store.close()
    },
  }
}

const databaseIn = (data: string) => join(data, 'porchlight.db')

/** Whether anything was ever kept in the data directory. */
export const holdsData = (data: string): boolean => existsSync(databaseIn(data))

/** The store of a data directory, for programs that work on it while no server runs. */
export function openStore({
  data,
  log = silentLog,
  onFatal = () => process.exit(1),
}: Pick<ServerOptions, 'data' | 'log' | 'onFatal'>): Store {
  const options = {
    path: databaseIn(data),
    onFatal(error: unknown) {
      log.fatal({ err: error }, 'the disk failed; nothing is answered any more')
      onFatal(error)
    },
    onRolledBack: () => log.warn({ data }, 'the database is older than it was; clients load their chats anew'),
  }
  return inDirectory(data, () => openSqliteStore(options))
}

function partsOf({ rateFactor, clock = systemClock, ...options }: ServerOptions, log: Log): { parts: Parts; webhooks: Webhooks } {
  const store = openStore({ ...options, log })
  const parts: Parts = {
    store: options.wrapStore?.(store) ?? store,
    bus: createMemoryBus(),
    files: inDirectory(options.data, () => openDiskFiles(join(options.data, 'files'))),
    clock,
    log,
    metrics: new Metrics(),
    rates: createRateLimiter({ clock, ...(rateFactor === undefined ? {} : { factor: rateFactor }) }),
    reach: createReach(options.webhookAllow),
    id: () => randomUUID().replaceAll('-', ''),
    random: Math.random,
  }
  const webhooks = openWebhooks(parts)
  return { parts: { ...parts, store: webhooks.store }, webhooks }
}
