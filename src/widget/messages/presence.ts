/** Who of a chat is there: asked once for each connection, and followed from then on. */
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Face } from '../app/face.ts'

/** Returns the way to stop, from which on nobody is said to be there. */
export function watchPresence({ session, tools }: Pick<Face, 'session' | 'tools'>, chat_id: string): () => void {
  const { ask, ground } = session.sdk
  let isOver = false
  const show = (online: ReadonlySet<string>) => tools.set({ ...tools.state, online })
  const stop = ground.client.events.on('push', ({ action, payload }) => {
    if (action !== 'presence_changed') return
    const change: PushPayload<'presence_changed'> = payload
    if (change.chat_id !== chat_id) return
    const online = new Set([...(tools.state.online ?? []), ...change.joins.map(({ user_id }) => user_id)])
    for (const id of change.leaves) online.delete(id)
    show(online)
  })
  ask('get_presence', { chat_id }).then(
    ({ users }) => isOver || show(new Set(users.map(({ user_id }) => user_id))),
    () => undefined,
  )
  return () => {
    isOver = true
    stop()
    show(new Set())
  }
}
