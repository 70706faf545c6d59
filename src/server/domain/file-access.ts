/** Files as they are asked for by name: an address to send one to, and what is known of one that whoever asks may see. */
import type { RequestOf } from '../../protocol/actions.ts'
import { UPLOAD_URL_TTL_S } from '../../protocol/limits.ts'
import type { EventRow, FileRow } from '../store/rows.ts'
import { enter } from './access.ts'
import { type Context, type Reply, readerOf, viewOf } from './context.ts'
import { uploaderOf } from './files.ts'
import { presentFile, time } from './present.ts'
import { Refusal } from './refusal.ts'

/** FIL9 */
export async function createUpload(ctx: Context, request: RequestOf<'create_upload'>): Promise<Reply> {
  const { name, custom_id = null } = request
  const { type, organization_id } = ctx.principal
  const issued_at = ctx.now()
  const expires_at = issued_at + UPLOAD_URL_TTL_S * 1000
  const file_id = ctx.id()
  const uploader = { type, id: uploaderOf(ctx.principal), organization_id }
  const upload_url = await ctx.uploadAddress({ file_id, uploader, name, custom_id, issued_at, expires_at })
  return { answer: { file_id, upload_url, expires_at: time(expires_at) } }
}

/** FIL11 */
export async function getFile(ctx: Context, { file_id }: RequestOf<'get_file'>): Promise<Reply> {
  const file = await ofOrganization(ctx, 'get_file', file_id)
  if (!(await maySee(ctx, file))) throw fileNotFound('get_file')
  return fileAnswer(ctx, file)
}

/** Of whoever it is. */
export async function ofOrganization({ store, principal }: Context, action: string, file_id: string): Promise<FileRow> {
  const file = await store.file(file_id)
  if (file?.organization_id !== principal.organization_id) throw fileNotFound(action)
  return file
}

const fileNotFound = (action: string) => new Refusal('not_found', `unable to ${action}; there is no such file`, { path: 'file_id' })

export function fileAnswer(ctx: Context, row: FileRow): Reply {
  const shown = presentFile(row, readerOf(ctx))
  return { answer: { file: { file_id: row.id, ...shown, created_at: time(row.created_at), used: row.expires_at === null } } }
}

async function maySee(ctx: Context, { id, uploader_id }: FileRow): Promise<boolean> {
  const own = uploader_id === ctx.principal.id
  const event = await ctx.store.eventOfFile(id)
  if (!event) return own
  // MEM7: of a deleted chat nothing is shown any more, not even to whom it belongs.
  return own ? (await ctx.store.chat(ctx.principal.organization_id, event.chat_id)) !== null : mayRead(ctx, event)
}

/** As one who lists the events of its chat. */
async function mayRead(ctx: Context, event: EventRow): Promise<boolean> {
  const entered = await enter(ctx, 'list_events', event.chat_id).catch(nullIfRefused)
  const seq = viewOf(ctx.principal) === 'agents' ? event.seq_agents : event.seq_public
  if (!entered || seq === null) return false
  const { from, to } = entered.range
  return from <= seq && (to === null || seq <= to)
}

function nullIfRefused(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}
