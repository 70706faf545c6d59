/** Waiting for what was sent: whatever names a chat needs its real id, and some things come after all that was said before. */
import type { Client } from './client.ts'
import type { OutboxEntry } from './outbox-entry.ts'

/** The id of the chat once its start is settled; with `all` once everything that waits in it is. */
export async function arrived(client: Client, chat: string, all = false): Promise<string> {
  const { connection, outbox } = client
  const isAwaited = (entry: OutboxEntry) => !entry.error && outbox.real(entry.chat) === outbox.real(chat) && (all || entry.start)
  // After the end the next request says why.
  while (connection.state !== 'destroyed' && outbox.entries.some(isAwaited)) await change(client)
  return outbox.real(chat)
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
