/** Catching up: what of a held chat has moved, and the entries a client missed, from the durable log however old the cursor. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { HeldChat } from '../../protocol/session.ts'
import { enter } from './access.ts'
import { type Context, type Reply, readerOf } from './context.ts'
import { shapeEntries, shapeUserEntry } from './entries.ts'
import { headOf } from './present.ts'
import { Refusal } from './refusal.ts'

export async function sync(ctx: Context, request: RequestOf<'sync'>): Promise<Reply> {
  const { chat, range } = await enter(ctx, 'sync', request.chat_id)
  const { store, principal } = ctx
  const reader = readerOf(ctx)
  if (range.to !== null && request.after > range.to) {
    throw new Refusal('missing_access', 'unable to sync; after lies behind your stay in the chat', { path: 'after', to_seq: range.to })
  }
  const head = headOf(chat, reader.view)
  if ((request.epoch !== undefined && request.epoch !== store.epoch) || request.after > head) {
    throw new Refusal('history_reset', 'unable to sync; after counts in a history that is gone', { epoch: store.epoch })
  }
  if (request.after < range.from - 1) {
    throw new Refusal('missing_access', 'unable to sync; after lies before your stay in the chat', { path: 'after', from_seq: range.from })
  }
  const page = await store.entries(chat.id, reader.view, request.after, request.limit ?? 100, range.to ?? undefined)
  return {
    answer: {
      epoch: store.epoch,
      entries: await shapeEntries(store, principal.organization_id, page.entries, reader),
      seq: range.to ?? page.head,
    },
  }
}

export async function syncUser(ctx: Context, request: RequestOf<'sync_user'>): Promise<Reply> {
  const { store, principal } = ctx
  const { entries, head } = await store.userEntries(principal.id, request.after, request.limit ?? 100)
  if (request.after > head) {
    throw new Refusal('history_reset', 'unable to sync_user; after counts in a history that is gone', { epoch: store.epoch })
  }
  const shaped = []
  for (const entry of entries) {
    shaped.push(await shapeUserEntry(store, principal.organization_id, entry, readerOf(ctx)))
  }
  return { answer: { entries: shaped.filter((push) => push !== null), head } }
}

/** What a returning client says it holds. */
export interface Held {
  readonly epoch?: string | undefined
  readonly chats?: readonly { readonly chat_id: string; readonly seq: number }[] | undefined
}

/** LIN4: the held chats that are not as the client holds them. */
export async function resumeHeld(ctx: Context, held: Held): Promise<HeldChat[]> {
  const changed: HeldChat[] = []
  for (const { chat_id, seq } of held.chats ?? []) {
    const chat = await resumed(ctx, chat_id, seq, held.epoch)
    if (chat) changed.push(chat)
  }
  return changed
}

async function resumed(ctx: Context, chat_id: string, seq: number, epoch: string | undefined): Promise<HeldChat | null> {
  const entered = await enter(ctx, 'sync', chat_id).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })
  const sees = entered !== null && (entered.present || (ctx.principal.type === 'agent' && entered.chat.kind === 'support'))
  if (!sees) return { chat_id, seq: 0, status: 'gone' }
  const head = headOf(entered.chat, readerOf(ctx).view)
  if ((epoch !== undefined && epoch !== ctx.store.epoch) || seq > head || seq < entered.range.from - 1) {
    return { chat_id, seq: head, status: 'reset' }
  }
  return head === seq ? null : { chat_id, seq: head, status: 'moved' }
}
