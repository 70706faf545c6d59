/** Files as a back end lets them be uploaded, reads them and deletes them. What it uploads is the organization's. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { UPLOAD_URL_TTL_S } from '../../../protocol/limits.ts'
import type { FileRow } from '../../store/rows.ts'
import { type Context, type Plan, type Reply, readerOf } from '../context.ts'
import { removing } from '../files.ts'
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

/** FIL10 */
export async function deleteFile(ctx: Context, { file_id }: ServerRequestOf<'delete_file'>): Promise<Plan> {
  await fileOf(ctx, 'delete_file', file_id)
  return { change: await removing(ctx, file_id), answer: nothing }
}
