/** The replies to an event, for a face that shows them. */
import { createReplies, type RepliesFeed } from '../core/replies.ts'
import type { Ground } from './part.ts'

export type { RepliesFeed } from '../core/replies.ts'

export const repliesTo = ({ client, auth }: Ground, chat: string, event: string): RepliesFeed => createReplies(client, chat, event, auth.me)
