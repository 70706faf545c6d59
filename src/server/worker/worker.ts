/** The worker: goes on with every webhook's queue for as long as the server runs, and after it was killed from where it was. */
import type { WebhookRow } from '../store/webhook-rows.ts'
import { Endpoint } from './endpoint.ts'
import type { Hints } from './hints.ts'
import type { WorkerParts } from './parts.ts'

/** Hints may be lost, as where another process wrote: after so long everything is looked at. */
export const LOOK_EVERY_MS = 30_000
/** What is under way at the end has so long to be answered; what is not is sent again after the next start. */
const FAREWELL_MS = 1000
/** Counting further would cost more than it says. */
const COUNTED_TO = 100_000

export interface Worker {
  readonly hints: Hints
  /** Chats of all webhooks that had something undelivered when it was counted last. */
  readonly waiting: number
  start(): Promise<void>
  stop(): Promise<void>
}

export function createWorker(parts: WorkerParts): Worker {
  const { store, clock, log } = parts
  const ending = new AbortController()
  const endpoints = new Map<string, Endpoint>()
  const ofOrganization = new Map<string, Set<Endpoint>>()
  let [started, waiting] = [false, 0]
  let cancel = () => {}

  const know = (row: WebhookRow): void => {
    const known = endpoints.get(row.id)
    known?.update(row)
    const endpoint = known ?? new Endpoint(parts, row, ending.signal)
    endpoints.set(row.id, endpoint)
    ofOrganization.set(row.organization_id, (ofOrganization.get(row.organization_id) ?? new Set()).add(endpoint))
    endpoint.wake()
  }

  const forget = (endpoint: Endpoint): void => {
    const { id, organization_id } = endpoint.row
    endpoints.delete(id)
    const others = ofOrganization.get(organization_id)
    others?.delete(endpoint)
    if (others?.size === 0) ofOrganization.delete(organization_id)
    void endpoint.end()
  }

  const attend = (what: () => Promise<void>): Promise<void> =>
    what().catch((error: unknown) => {
      if (started) log.error({ err: error }, 'unable to look after webhooks')
    })

  const lookAtAll = async (): Promise<void> => {
    for (const row of await store.enabledWebhooks()) if (started) know(row)
    waiting = await store.cursors(COUNTED_TO)
  }

  const lookAgain = (): void => {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      lookAgain()
      void attend(lookAtAll)
    })
  }

  const reload = async (organization_id: string): Promise<void> => {
    const rows = await store.webhooks(organization_id)
    if (!started) return
    for (const endpoint of ofOrganization.get(organization_id) ?? []) {
      if (rows.every(({ id }) => id !== endpoint.row.id)) forget(endpoint)
    }
    for (const row of rows) know(row)
  }

  return {
    get waiting() {
      return waiting
    },
    hints: {
      appended(organization_id) {
        for (const endpoint of ofOrganization.get(organization_id) ?? []) endpoint.wake()
      },
      changed: (organization_id) => void (started && attend(() => reload(organization_id))),
      asked: (webhook_id) => endpoints.get(webhook_id)?.wake(true),
    },
    async start() {
      started = true
      lookAgain()
      await attend(lookAtAll)
    },
    async stop() {
      started = false
      cancel()
      const impatience = clock.after(FAREWELL_MS, () => ending.abort())
      await Promise.all([...endpoints.values()].map((endpoint) => endpoint.end()))
      impatience()
      endpoints.clear()
      ofOrganization.clear()
    },
  }
}
