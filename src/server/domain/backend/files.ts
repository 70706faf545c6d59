/** Files as a back end reads and deletes them: all of the organization. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import type { Context, Plan, Reply } from '../context.ts'
import { fileAnswer, ofOrganization } from '../file-access.ts'
import { removing } from '../files.ts'
import { nothing } from './chats.ts'

export const getFile = async (ctx: Context, { file_id }: ServerRequestOf<'get_file'>): Promise<Reply> =>
  fileAnswer(ctx, await ofOrganization(ctx, 'get_file', file_id))

/** FIL10 */
export async function deleteFile(ctx: Context, { file_id }: ServerRequestOf<'delete_file'>): Promise<Plan> {
  await ofOrganization(ctx, 'delete_file', file_id)
  return { change: await removing(ctx, file_id), answer: nothing }
}
