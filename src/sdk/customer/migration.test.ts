/** The page for those who come from chat.io's SDK leaves out no name: none of theirs, and no member of ours. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { init } from './index.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/migration.md'), 'utf8')
/** What the left column of a section's table names. */
const namedIn = (section: string) => {
  const [, text = ''] = page.split(`\n## ${section}\n`)
  const [own = ''] = text.split('\n## ')
  return [...own.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

const sdk = init({ license: 1, clientId: 'demo', server: 'http://chat.test', autoConnect: false, storage: 'memory' })
afterAll(sdk.destroy)

it('names every method of the seed, with its arguments', () => {
  expect(namedIn('Methods').map((name) => name.replace(/\(.*/, ''))).toEqual([
    ...['auth.getToken', 'closeThread', 'destroy', 'disconnect', 'getChatHistory', 'getChatsSummary', 'getChatThreads'],
    ...['getChatThreadsSummary', 'off', 'on', 'sendEvent', 'sendFile', 'sendMessage', 'sendRating', 'setSneakPeek', 'startChat'],
    ...['updateChatProperties', 'updateChatThreadProperties', 'updateCustomer', 'updateLastSeenTimestamp', '$$observable'],
  ])
})

it('names every event of the seed', () => {
  expect(namedIn('Events')).toEqual([
    ...['connected', 'connection_lost', 'connection_restored', 'customer_id', 'disconnected', 'chat_properties_updated'],
    ...['chat_thread_properties_updated', 'last_seen_timestamp_updated', 'new_event', 'user_data', 'user_joined_chat', 'user_left_chat'],
    ...['user_is_typing', 'user_stopped_typing', 'thread_closed', 'thread_summary'],
  ])
})

it('names every option and every field of every shape of the seed', () => {
  expect(namedIn('Options of `init`')).toEqual(['license', 'clientId', 'redirectUri'])
  const fields = [
    'id',
    'type',
    'name',
    'email',
    'avatar',
    'users',
    'threads',
    'text',
    'author',
    'timestamp',
    'customId',
    'thread',
    'active',
  ]
  const summaries = ['order', 'events', 'chat', 'totalEvents', 'lastEvent', 'lastEventsPerType', 'lastSeenTimestamps']
  expect(namedIn('Shapes')).toEqual(expect.arrayContaining([...fields, ...summaries]))
})

it('names every member there is', () => {
  const unnamed = Object.keys(sdk).filter((name) => name !== 'auth' && !new RegExp(`\`${name}['\`(]|\`'${name}'`).test(page))
  expect(unnamed).toEqual([])
})
