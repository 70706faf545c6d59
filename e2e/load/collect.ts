/** Asks another Node process to collect its garbage, so that its memory can be measured; it was started with `--inspect=0`. */
import { once } from 'node:events'
import { WebSocket } from 'ws'

/** `said` is what the process printed; it says where its inspector listens. */
export async function collectGarbage(said: string): Promise<void> {
  const address = /Debugger listening on (ws:\S+)/.exec(said)?.[1]
  if (!address) throw new Error('unable to collect garbage; the process has no inspector')
  const socket = new WebSocket(address)
  await once(socket, 'open')
  socket.send('{"id":1,"method":"HeapProfiler.collectGarbage"}')
  await once(socket, 'message')
  socket.close()
}
