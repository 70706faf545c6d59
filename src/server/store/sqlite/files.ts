/** Files: their rows, and whose bytes are to go. */
import type { FileRemovalRow, FileRow } from '../rows.ts'
import type { Driver } from './driver.ts'
import { many, one, type Stored, type Table } from './table.ts'

export const filesTable: Table<FileRow> = {
  name: 'files',
  columns: {
    id: 'plain',
    organization_id: 'plain',
    uploader_id: 'plain',
    custom_id: 'plain',
    name: 'plain',
    content_type: 'plain',
    size: 'plain',
    width: 'plain',
    height: 'plain',
    hash: 'plain',
    created_at: 'plain',
    expires_at: 'plain',
  },
}

export const fileRemovalsTable: Table<FileRemovalRow> = { name: 'file_removals', columns: { file_id: 'plain', due_at: 'plain' } }

export function openFiles(db: Driver) {
  const byId = db.prepare<Stored>('SELECT * FROM files WHERE id = ?')
  const byCustomId = db.prepare<Stored>('SELECT * FROM files WHERE organization_id = ? AND uploader_id = ? AND custom_id = ?')
  const take = db.prepare('UPDATE files SET expires_at = NULL WHERE id = ?')
  const give = db.prepare('UPDATE files SET event_number = ?, place = ? WHERE id = ?')
  const ofEvent = db.prepare<Stored>('SELECT * FROM files WHERE event_number = ? ORDER BY place')
  const eventOf = db.prepare<{ event_number: number | null }>('SELECT event_number FROM files WHERE id = ?')
  const deleteOf = db.prepare('DELETE FROM files WHERE event_number = ?')
  const removal = db.prepare<FileRemovalRow>('SELECT * FROM file_removals WHERE file_id = ?')
  const removals = db.prepare<FileRemovalRow>('SELECT * FROM file_removals WHERE due_at <= ? ORDER BY due_at LIMIT ?')
  return {
    byId: (id: string) => one(filesTable, byId.get(id)),
    byCustomId: (organization_id: string, uploader_id: string, custom_id: string) =>
      one(filesTable, byCustomId.get(organization_id, uploader_id, custom_id)),
    /** In their order. */
    ofEvent: (number: number) => many(filesTable, ofEvent.all(number)),
    /** The number of the event that has it. */
    eventOf: (id: string): number | null => eventOf.get(id)?.event_number ?? null,
    /** For an event. Null when there is no such file, or another event has it. */
    take(id: string): FileRow | null {
      const file = one(filesTable, byId.get(id))
      if (!file || file.expires_at === null) return null
      take.run(id)
      return { ...file, expires_at: null }
    },
    /** What was taken is the event's. */
    give(files: readonly FileRow[], number: number): void {
      for (const [place, { id }] of files.entries()) give.run(number, place, id)
    },
    deleteOf: (number: number): void => void deleteOf.run(number),
    removal: (id: string) => removal.get(id) ?? null,
    removals: (until: number, limit: number) => removals.all(until, limit),
  }
}
