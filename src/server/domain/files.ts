/** Files: taken in ahead of their event, used by one, and forgotten when none comes. What is known of them, not their bytes. */
import type { RequestOf } from '../../protocol/actions.ts'
import type { BackendEvent } from '../../protocol/events.ts'
import { UNUSED_FILE_TTL_S, UPLOAD_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Change, Precondition, Write } from '../store/change.ts'
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
  // By the name of its upload it is taken back, for which it may be too late.
  const file =
    file_id === undefined ? unused(ctx, 'delete_file', await found, 'custom_id') : own(ctx, 'delete_file', await found, 'file_id')
  return { change: await removing(ctx, file.id), answer: deletedAnswer }
}

/** FIL10: everyone in the chat is told that its event has the file no more. Nobody is left to be told in a chat that was deleted. */
export async function removing(ctx: Context, file_id: string): Promise<Change> {
  const { store, principal } = ctx
  const { organization_id, id, type } = principal
  const remove: Write = { write: 'delete', table: 'files', key: { organization_id, id: file_id } }
  const event = await store.eventOfFile(file_id)
  if (!event) return change(ctx.now(), [remove], [{ holds: 'unused', file_id }])
  if (!(await store.chat(organization_id, event.chat_id))) return change(ctx.now(), [remove])
  const { chat_id, thread_id, id: event_id } = event
  const by = type === 'backend' ? null : id
  return change(ctx.now(), [remove, { write: 'edit_event', chat_id, thread_id, event_id, set: {}, by }])
}

export const deletedAnswer = async () => ({})

/** That an event names, in their order. */
export function filesOf(event: BackendEvent): readonly string[] {
  if (event.type === 'file') return [event.file_id]
  return (event.type === 'message' && event.file_ids) || []
}

/** FIL4 */
export async function checkFiles(ctx: Context, action: string, event: BackendEvent, path: string): Promise<void> {
  const named = filesOf(event)
  for (const [at, file_id] of named.entries()) {
    const field = event.type === 'file' ? `${path}.file_id` : `${path}.file_ids.${at}`
    unused(ctx, action, await ctx.store.file(file_id), field)
    if (named.indexOf(file_id) !== at) throw invalid(action, field, 'names the same file twice')
  }
}

function unused(ctx: Context, action: string, found: FileRow | null, path: string): FileRow {
  const file = own(ctx, action, found, path)
  if (file.expires_at === null) throw new Refusal('conflict', `unable to ${action}; ${path} names a file that is in an event`, { path })
  return file
}

function own({ principal }: Context, action: string, file: FileRow | null, path: string): FileRow {
  const { id, organization_id, throughBackend } = principal
  const theirs = file?.uploader_id === id || (throughBackend && file?.uploader_id === organization_id)
  if (!theirs || file?.organization_id !== organization_id) {
    throw new Refusal('not_found', `unable to ${action}; ${path} names no file`, { path })
  }
  return file
}
