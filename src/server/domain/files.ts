/** Files: taken in ahead of their event, used by one, and forgotten when none comes. What is known of them, not their bytes. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { NewEvent } from '../../protocol/events.ts'
import { UNUSED_FILE_TTL_S, UPLOAD_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Change, Precondition } from '../store/change.ts'
import type { FileRow } from '../store/rows.ts'
import { type Context, type Plan, type Principal, type Reply, readerOf } from './context.ts'
import { presentFile } from './present.ts'
import { invalid, Refusal } from './refusal.ts'
import { notErased } from './standing.ts'

/** What was found of bytes that have arrived whole. */
export type Received = Pick<FileRow, 'id' | 'custom_id' | 'name' | 'content_type' | 'size' | 'width' | 'height' | 'hash'>

const change = (at: number, writes: Change['writes'], expect: readonly Precondition[] = []): Change => ({
  at,
  expect,
  writes,
  idempotency: [],
})

/** Before the first byte: if nothing more is heard of it, what came of it goes. */
export const expectFile = (file_id: string, at: number): Change =>
  change(
    at,
    [{ write: 'insert', table: 'file_removals', row: { file_id, due_at: at + 2 * UPLOAD_TIMEOUT_MS } }],
    [{ holds: 'free', file_id }],
  )

/** The bytes are gone. */
export const forgetRemovals = (ids: readonly string[], at: number): Change =>
  change(
    at,
    ids.map((file_id) => ({ write: 'delete', table: 'file_removals', key: { file_id } })),
  )

/** What back ends upload is the organization's, whichever key was shown. */
export const uploaderOf = ({ type, id, organization_id }: Principal): string => (type === 'backend' ? organization_id : id)

/** FIL2: the bytes of a repetition are of no use, and whoever took them in sees that by the id. */
export async function uploadFile(ctx: Context, received: Received): Promise<Plan | Reply> {
  const { organization_id } = ctx.principal
  const uploader_id = uploaderOf(ctx.principal)
  const { id, custom_id } = received
  const known = custom_id === null ? null : await ctx.store.fileByCustomId(organization_id, uploader_id, custom_id)
  if (known && known.hash !== received.hash) {
    throw new Refusal('idempotency_mismatch', 'unable to upload_file; the same custom_id was used before with other content')
  }
  if (known) return { answer: uploaded(ctx, known) }
  const at = ctx.now()
  const row: FileRow = { ...received, organization_id, uploader_id, created_at: at, expires_at: at + UNUSED_FILE_TTL_S * 1000 }
  const named: Precondition[] = custom_id === null ? [] : [{ holds: 'unnamed', organization_id, uploader_id, custom_id }]
  const standing = ctx.principal.type === 'backend' ? [] : [notErased(ctx.principal)]
  return {
    change: change(
      at,
      [
        { write: 'delete', table: 'file_removals', key: { file_id: id } },
        { write: 'insert', table: 'files', row },
      ],
      [{ holds: 'exists', table: 'file_removals', file_id: id }, ...named, ...standing],
    ),
    answer: async () => uploaded(ctx, row),
  }
}

const uploaded = (ctx: Context, row: FileRow) => ({ file_id: row.id, ...presentFile(row, readerOf(ctx)) })

/** FIL5 */
export async function deleteFile(ctx: Context, request: RequestOf<'delete_file'>): Promise<Plan> {
  const { id, organization_id } = ctx.principal
  const { file_id, custom_id } = request
  if ((file_id === undefined) === (custom_id === undefined)) throw invalid('delete_file', 'file_id', 'or custom_id is to name the file')
  const found = file_id === undefined ? ctx.store.fileByCustomId(organization_id, id, custom_id ?? '') : ctx.store.file(file_id)
  const file = unused(ctx, 'delete_file', await found, file_id === undefined ? 'custom_id' : 'file_id')
  return {
    change: change(
      ctx.now(),
      [{ write: 'delete', table: 'files', key: { organization_id, id: file.id } }],
      [{ holds: 'unused', file_id: file.id }],
    ),
    answer: deletedAnswer,
  }
}

export const deletedAnswer = async () => ({})

/** FIL4 */
export async function checkFile(ctx: Context, action: string, event: NewEvent, path: string): Promise<void> {
  if (event.type === 'file') unused(ctx, action, await ctx.store.file(event.file_id), `${path}.file_id`)
}

function unused({ principal }: Context, action: string, file: FileRow | null, path: string): FileRow {
  const { id, organization_id, throughBackend } = principal
  const own = file?.uploader_id === id || (throughBackend && file?.uploader_id === organization_id)
  if (!own || file?.organization_id !== organization_id) {
    throw new Refusal('not_found', `unable to ${action}; ${path} names no file`, { path })
  }
  if (file.expires_at === null) throw new Refusal('conflict', `unable to ${action}; ${path} names a file that is in an event`, { path })
  return file
}
