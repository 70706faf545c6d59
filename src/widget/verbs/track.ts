/** Tells agents what the visitor did: checked here, kept while there is no connection. */
import { check } from '../../sdk/customer/arguments.ts'
import { complain } from '../settings.ts'
import type { Tracked, Visit } from '../visit.ts'

const MAX_NAME_CHARS = 64
const MAX_FIELDS = 20
const VALUE = /^(string|number|boolean)$/

/** Resolves when the event is told, or kept for when there is a connection. */
export async function track(visit: Visit, event: Tracked): Promise<void> {
  const [name, data] = event
  check(typeof name === 'string' && name.length > 0 && name.length <= MAX_NAME_CHARS, `name (1 to ${MAX_NAME_CHARS} characters)`)
  check(isFlat(data ?? {}), `data (at most ${MAX_FIELDS} texts, numbers and booleans)`)
  const { connection, ask } = visit.session().sdk.ground.client
  if (connection.state !== 'live') return visit.keep(event)
  try {
    await ask('track_event', { name, data })
  } catch (error) {
    if (!(error as { readonly retryable?: boolean }).retryable) throw error
    visit.keep(event)
  }
}

/** What was kept, in order. The site has long been told that it was. */
export async function tellKept(visit: Visit): Promise<void> {
  for (const event of visit.tracked.splice(0)) await track(visit, event).catch(({ message }) => complain(message))
}

function isFlat(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const values = Object.values(data)
  return values.length <= MAX_FIELDS && values.every((value) => VALUE.test(typeof value))
}
