/** Groups for tests of presence, and what those who watch them were told. */
import { PRESENCE_GRACE_MS } from '../protocol/limits.ts'
import type { PushPayload } from '../protocol/pushes.ts'
import type { Peer, Reached, Scene } from './gateway.ts'
import { turns } from './turns.ts'

/** Who a customer turned out to be when they logged in. */
export const idOf = (peer: Peer): string => String(peer.frames[0]?.payload['customer_id'])

/** A group of these customers that everybody may join. */
export async function openGroup(
  { store, founded: { organization_id }, clock }: Scene,
  chat_id: string,
  ...users: string[]
): Promise<string> {
  const members = users.map((user_id) => ({ user_id, user_type: 'customer' }) as const)
  const [created_by = ''] = users
  const group = { kind: 'group', name: null, joinable: true, history: false, properties: {}, created_by, members } as const
  const done = await store.commit({
    at: clock.now(),
    expect: [],
    writes: [
      { write: 'create_chat', chat_id, organization_id, ...group },
      { write: 'open_thread', chat_id, thread_id: `${chat_id}_1`, by: created_by, properties: {} },
    ],
    idempotency: [],
  })
  if (!done.ok) throw new Error(`unable to open the group; ${done.why}`)
  return chat_id
}

/** A socket ends; without a time its user has gone then for those who watch. */
export async function goes({ clock }: Scene, peer: Peer, ms = PRESENCE_GRACE_MS): Promise<void> {
  peer.line.link.close()
  await clock.advance(ms)
}

/** Ann is here, Bob was there and is expected in their group; a stranger stays, so that the other process goes on listening. */
export async function openApart(scene: Scene, there: Reached): Promise<{ ann: Peer; bob: string; chat_id: string }> {
  await there.customer('stranger')
  const [ann, former] = [await scene.customer('ann'), await there.customer('bob')]
  const bob = idOf(former)
  const chat_id = await openGroup(scene, 'group', idOf(ann), bob)
  await goes(scene, former)
  return { ann, bob, chat_id }
}

/** Who is there, as the peer is answered. */
export async function askWho(peer: Peer, chat_id: string): Promise<string[]> {
  await turns()
  const { users } = await peer.ask('get_presence', { chat_id })
  return users.map(({ user_id }) => user_id).sort()
}

export const changesOf = (peer: Peer): PushPayload<'presence_changed'>[] =>
  peer.pushes.filter(({ action }) => action === 'presence_changed').map(({ payload }) => payload as PushPayload<'presence_changed'>)

/** What the peer was told of coming and going, in short: who came with a plus, who went with a minus. */
export async function toldOf(peer: Peer): Promise<string[]> {
  await turns(8)
  return changesOf(peer).map(({ joins, leaves }) =>
    [...joins.map(({ user_id }) => `+${user_id}`), ...leaves.map((user_id) => `-${user_id}`)].join(' '),
  )
}
