/** Who was when in a chat, and which of its entries they may read. */
import type { ChatKind, Role, StayRow, UserType } from '../rows.ts'
import type { Driver } from './driver.ts'
import type { Place } from './entries.ts'
import { createRecent } from './recent.ts'

export interface Joining {
  readonly chat_id: string
  readonly chat_kind: ChatKind
  readonly user_id: string
  readonly user_type: UserType
  readonly role: Role | null
  /** The entry that says so; 0 for those with whom the chat began. */
  readonly joined_seq: number
  readonly from: Place
}

/** Users of chats whose stays are remembered. */
const REMEMBERED = 4000

const COLUMNS = 'chat_id, user_id, user_type, role, from_agents, from_public, to_agents, to_public'

export function openStays(db: Driver) {
  const ofUser = db.prepare<StayRow>(`SELECT ${COLUMNS} FROM stays WHERE chat_id = ? AND user_id = ? ORDER BY joined_seq`)
  const ofChat = db.prepare<StayRow>(`SELECT ${COLUMNS} FROM stays WHERE chat_id = ? ORDER BY joined_seq, user_id`)
  const chats = ['IS NULL', 'IS NOT NULL'].map((ended) =>
    db.prepare<{ chat_id: string }>(`SELECT chat_id FROM stays WHERE user_id = ? AND to_agents ${ended}`),
  )
  const insertion = db.prepare(`
    INSERT INTO stays (chat_id, user_id, joined_seq, user_type, role, chat_kind, from_agents, from_public)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const end = db.prepare('UPDATE stays SET to_agents = ?, to_public = ? WHERE chat_id = ? AND user_id = ? AND to_agents IS NULL')
  const recent = createRecent<string, StayRow[]>(REMEMBERED)
  const nameOf = (chat_id: string, user_id: string): string => `${chat_id} ${user_id}`
  const read = (chat_id: string, user_id: string): StayRow[] => {
    const stays = ofUser.all(chat_id, user_id)
    recent.set(nameOf(chat_id, user_id), stays)
    return stays
  }
  return {
    ofUser: (chat_id: string, user_id: string): StayRow[] => recent.get(nameOf(chat_id, user_id)) ?? read(chat_id, user_id),
    forgetAll: (): void => recent.clear(),
    /** The latest stay of everyone who was ever in the chat, in the order in which they first came. */
    latest: (chat_id: string): StayRow[] => [...new Map(ofChat.all(chat_id).map((stay) => [stay.user_id, stay])).values()],
    /** Where the user is or was. */
    chatsOf: (user_id: string): string[] => [...new Set(chats.flatMap((of) => of.all(user_id)).map(({ chat_id }) => chat_id))],
    begin({ chat_id, chat_kind, user_id, user_type, role, joined_seq, from }: Joining): void {
      recent.delete(nameOf(chat_id, user_id))
      insertion.run(chat_id, user_id, joined_seq, user_type, role, chat_kind, from.agents, from.public)
    },
    end(chat_id: string, user_id: string, to: Place): void {
      recent.delete(nameOf(chat_id, user_id))
      end.run(to.agents, to.public, chat_id, user_id)
    },
  }
}
