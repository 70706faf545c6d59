/** Waiting for what was sent: whatever names a chat needs its real id, and some things come after all that was said before. */

import { REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Environment } from '../kit/environment.ts'
import { stopped } from '../wire/failure.ts'
import type { Client } from './client.ts'
import type { OutboxEntry } from './outbox-entry.ts'

/** The id of the chat once its start is settled; with `all` once everything that waits in it is. However long that takes, unless told to stop. */
export async function arrived(
  client: Client,
  chat: string,
  all = false,
  over = () => client.connection.state === 'destroyed',
): Promise<string> {
  const { outbox } = client
  const isAwaited = (entry: OutboxEntry) => !entry.error && outbox.real(entry.chat) === outbox.real(chat) && (all || entry.start)
  // After the end the next request says why.
  while (!over() && outbox.entries.some(isAwaited)) await change(client)
  return outbox.real(chat)
}

/** The same for a request, which waits for no longer than for its answer, and not at all where no answer can come. */
export async function arrivedInTime(scene: { client: Client; environment: Environment }, chat: string, all?: boolean): Promise<string> {
  const { client, environment } = scene
  let isLate = false
  let stop = () => {}
  const late = new Promise<never>((_, reject) => {
    stop = environment.clock.after(REQUEST_TIMEOUT_MS, () => {
      isLate = true
      reject(Object.assign(stopped('REQUEST_TIMEOUT', 'wait for what was sent before', true), { outcomeKnown: true }))
    })
  })
  const over = () => isLate || /idle|closed|destroyed/.test(client.connection.state)
  return Promise.race([arrived(client, chat, all, over), late]).finally(stop)
}

const change = ({ events }: Client) =>
  new Promise<void>((resolve) => {
    const stops = (['change', 'state'] as const).map((name) =>
      events.on(name, () => {
        for (const stop of stops) stop()
        resolve()
      }),
    )
  })
