/** What every store does, whatever it keeps things in: an implementation passes all of this, and only this may be relied on. */
import { describe } from 'vitest'
import { activityContract } from './contract/activity.contract.ts'
import { attachmentsContract } from './contract/attachments.contract.ts'
import { backEndsContract } from './contract/back-ends.contract.ts'
import { chatsContract } from './contract/chats.contract.ts'
import { commitsContract } from './contract/commits.contract.ts'
import { deletionsContract } from './contract/deletions.contract.ts'
import { editsContract } from './contract/edits.contract.ts'
import { filesContract } from './contract/files.contract.ts'
import type { Place } from './contract/ground.contract.ts'
import { idempotencyContract } from './contract/idempotency.contract.ts'
import { listingsContract } from './contract/listings.contract.ts'
import { logContract } from './contract/log.contract.ts'
import { membersContract } from './contract/members.contract.ts'
import { mentionsContract } from './contract/mentions.contract.ts'
import { originalsContract } from './contract/originals.contract.ts'
import { peopleContract } from './contract/people.contract.ts'
import { propertiesContract } from './contract/properties.contract.ts'
import { quotesContract } from './contract/quotes.contract.ts'
import { ratingsContract } from './contract/ratings.contract.ts'
import { reactionsContract } from './contract/reactions.contract.ts'
import { receiptsContract } from './contract/receipts.contract.ts'
import { repliesContract } from './contract/replies.contract.ts'
import { rolesContract } from './contract/roles.contract.ts'
import { streamsContract } from './contract/streams.contract.ts'
import { sweepsContract } from './contract/sweeps.contract.ts'
import { threadsContract } from './contract/threads.contract.ts'
import { webhooksContract } from './contract/webhooks.contract.ts'

const contract = {
  log: logContract,
  threads: threadsContract,
  members: membersContract,
  roles: rolesContract,
  receipts: receiptsContract,
  properties: propertiesContract,
  ratings: ratingsContract,
  files: filesContract,
  attachments: attachmentsContract,
  idempotency: idempotencyContract,
  chats: chatsContract,
  people: peopleContract,
  edits: editsContract,
  originals: originalsContract,
  replies: repliesContract,
  quotes: quotesContract,
  mentions: mentionsContract,
  reactions: reactionsContract,
  deletions: deletionsContract,
  streams: streamsContract,
  'back ends': backEndsContract,
  listings: listingsContract,
  activity: activityContract,
  sweeps: sweepsContract,
  webhooks: webhooksContract,
  commits: commitsContract,
}

/** `prepare` makes an empty place for a store, once for each test. */
export function storeContract(name: string, prepare: () => Promise<Place>): void {
  for (const [part, register] of Object.entries(contract)) describe(`store: ${name}: ${part}`, () => register(prepare))
}
