/** Files as a back end lets them be uploaded, reads them and deletes them. What it uploads is the organization's. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { UPLOAD_URL_TTL_S } from '../../../protocol/limits.ts'
import type { Change, Write } from '../../store/change.ts'
import type { FileRow } from '../../store/rows.ts'
import { type Context, type Plan, type Reply, readerOf } from '../context.ts'
import { presentFile, time } from '../present.ts'
import { Refusal } from '../refusal.ts'
import { nothing } from './chats.ts'

/** FIL9 */
export async function createUpload(ctx: Context, request: ServerRequestOf<'create_upload'>): Promise<Reply> {
  const { name, custom_id } = request
  const { organization_id } = ctx.principal
  const expires_at = ctx.now() + UPLOAD_URL_TTL_S * 1000
  const file_id = ctx.id()
  const upload_url = await ctx.uploadAddress({ file_id, organization_id, name, custom_id: custom_id ?? null, expires_at })
  return { answer: { file_id, upload_url, expires_at: time(expires_at) } }
}

async function fileOf({ store, principal }: Context, action: string, file_id: string): Promise<FileRow> {
  const file = await store.file(file_id)
  if (file?.organization_id !== principal.organization_id) {
    throw new Refusal('not_found', `unable to ${action}; there is no such file`, { path: 'file_id' })
  }
  return file
}

export async function getFile(ctx: Context, { file_id }: ServerRequestOf<'get_file'>): Promise<Reply> {
  const row = await fileOf(ctx, 'get_file', file_id)
  const shown = presentFile(row, readerOf(ctx))
  return { answer: { file: { file_id, ...shown, created_at: time(row.created_at), used: row.expires_at === null } } }
}

/** FIL10: everyone in the chat is told that its event has no file any more. */
export async function deleteFile(ctx: Context, { file_id }: ServerRequestOf<'delete_file'>): Promise<Plan> {
  const { organization_id } = await fileOf(ctx, 'delete_file', file_id)
  const remove: Write = { write: 'delete', table: 'files', key: { organization_id, id: file_id } }
  const { expect, writes } = await telling(ctx, file_id)
  return { change: { at: ctx.now(), expect, writes: [remove, ...writes], idempotency: [] }, answer: nothing }
}

/** Nobody is left to be told in a chat that was deleted. */
async function telling({ store, principal }: Context, file_id: string): Promise<Pick<Change, 'expect' | 'writes'>> {
  const event = await store.eventOfFile(file_id)
  if (!event) return { expect: [{ holds: 'unused', file_id }], writes: [] }
  if (!(await store.chat(principal.organization_id, event.chat_id))) return { expect: [], writes: [] }
  const { chat_id, thread_id, id: event_id } = event
  return { expect: [], writes: [{ write: 'edit_event', chat_id, thread_id, event_id, set: {}, by: null }] }
}
