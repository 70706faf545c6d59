/** The steps that a database has gone through, oldest first. A step that was released is never altered: a new one follows it. */
import { log } from './0001-log.ts'
import { sweeps } from './0002-sweeps.ts'
import { properties } from './0003-properties.ts'
import { files } from './0004-files.ts'
import { keys } from './0005-keys.ts'
import { activity } from './0006-activity.ts'
import { backEnds } from './0007-back-ends.ts'
import { webhooks } from './0008-webhooks.ts'
import { richChats } from './0009-rich-chats.ts'
import { streams } from './0010-streams.ts'

export interface Migration {
  /** 1, 2, 3, …: the version of a database that has taken the step. */
  readonly version: number
  readonly sqlite: string
}

export const migrations: readonly Migration[] = [log, sweeps, properties, files, keys, activity, backEnds, webhooks, richChats, streams]
