/** While a customer is connected: agents are told which page they are on, and what they did before there was anybody to tell. */
import type { Visit } from '../visit.ts'
import { type Page, watchPages } from './pages.ts'
import { tellKept } from './track.ts'

/** Whoever was attended before has gone. */
const stopBefore = new WeakMap<Visit, () => void>()

/** Returns the way to stop. */
export function attend(visit: Visit): () => void {
  stopBefore.get(visit)?.()
  const { sdk } = visit.session()
  const { client } = sdk.ground
  const tell = () => void (client.connection.state === 'live' && tellKept(visit))
  const tellPage = (page: Page) => {
    // The next login tells of it.
    if (client.connection.state === 'live') client.ask('update_customer_page', page).catch(() => {})
  }
  const stops = [sdk.status.subscribe(tell), watchPages(tellPage)]
  tell()
  const stop = () => {
    for (const end of stops) end()
  }
  stopBefore.set(visit, stop)
  return stop
}
