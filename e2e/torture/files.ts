/** Files in a storm: sent, taken back and sent again, and in the end each is there whole, once, or not at all. */
import { readdirSync, statSync } from 'node:fs'
import type { EventRow } from '../../src/server/store/rows.ts'
import { SWEEP_EVERY_MS, sweepRegularly } from '../../src/server/sweeper.ts'
import { createClock } from '../../src/testing/clock.ts'
import { type Operations, someChat, somePage } from './choice.ts'
import { PageTab } from './page.ts'
import { settle } from './person.ts'
import { codeOf, isCancelled, isOutCode, type Saying } from './saying.ts'
import type { World } from './world.ts'

const SIZES = [1, 200, 5_000, 70_000, 300_000]
/** Of a file that is taken back when so much of it is out. */
const NEVER = 2
/** Whatever no event has is gone by then. */
const LATER_MS = 25 * 60 * 60_000

const isCustomer = ({ kind }: { kind: string }) => kind === 'customer'

export const files: Operations = {
  sendFile: [
    12,
    (world) => {
      const spot = somePage(world, isCustomer)
      const chat = spot && someChat(world, spot.tab)
      if (!spot || !chat) return
      const { random } = world
      const saying = spot.person.file(spot.tab, chat, random.pick(SIZES), random.chance(0.7))
      settle(saying, spot.tab.sendFile(chat, saying, random.pick([NEVER, NEVER, NEVER, NEVER, NEVER, 0.5, 1])))
    },
  ],
  cancelFile: [
    8,
    async (world) => {
      const pages = world.people.flatMap(({ awake }) => awake.filter((tab) => tab instanceof PageTab))
      const sendings = pages.flatMap((page) => [...page.sendings.values()].map((sending) => ({ page, sending })))
      if (sendings.length === 0) return
      // The first of all is the furthest on its way.
      const { page, sending } = world.random.pick([sendings[0], world.random.pick(sendings)]) ?? {}
      // Nobody knows then how far it has come.
      if (world.random.chance(0.5)) for (const line of page?.tab.lines ?? []) line.cut()
      await world.rest()
      sending?.cancel()
    },
  ],
  /** Under the same name, whatever became of it. */
  sendFileAgain: [4, sendAgain],
  uploadFile: [
    1,
    (world) => {
      const spot = somePage(world, isCustomer)
      if (!spot) return
      const uploading = spot.tab.sdk.uploadFile({ file: new File([Buffer.alloc(world.random.pick(SIZES), 'u')], 'unsent.bin') })
      spot.person.expect(spot.tab, 'uploadFile', uploading)
      if (world.random.chance(0.3)) uploading.cancel()
    },
  ],
}

function sendAgain(world: World): void {
  const spot = somePage(world, isCustomer)
  if (!spot) return
  const { person, tab } = spot
  const isMeant = ({ bytes, customId, outcome, chat, stretch }: Saying) =>
    bytes && customId !== null && outcome !== 'unknown' && !chat?.startsWith('local_') && stretch.owner !== null && stretch.owner === tab.me
  const settled = person.sayings.filter(isMeant)
  if (settled.length === 0) return
  const saying = world.random.pick(settled)
  saying.again = true
  const sending = tab.sendFile(saying.chat as string, saying, NEVER)
  settle(saying, sending)
  sending.catch((error: unknown) => {
    const code = codeOf({ ...saying, error })
    const isOut = isOutCode(code) && world.ledger.chats.get(saying.chat ?? '')?.row.kind !== 'support'
    if (!isOut && !['CANCELLED', 'IDENTITY_CHANGED', 'REQUEST_TIMEOUT'].includes(code))
      person.complaints.push(`[FIL2] ${saying.words} sent again is answered ${code}`)
  })
}

/** FIL2, FIL5: what is sent is there whole, what was taken back is not, and on the disk lies nothing else. */
export async function checkFiles(world: World, events: readonly EventRow[]): Promise<string[]> {
  const sent = events.filter(({ type }) => type === 'file')
  const sayings = world.people.flatMap((person) => person.sayings).filter(({ bytes }) => bytes)
  const cancelled = sayings.filter((saying) => isCancelled(saying) && !saying.again)
  const wrong = cancelled.flatMap(({ words }) =>
    sent.some(({ files }) => files.some(({ name }) => name === words)) ? [`${words} was taken back, and is sent`] : [],
  )
  for (const [words, url] of addresses(world)) {
    const bytes = sayings.find((saying) => saying.words === words)?.bytes
    const read = await world.life?.far.read(url)
    if (!bytes || !read?.bytes.equals(bytes))
      wrong.push(`[FIL6] ${words} reads ${read?.status}: ${read?.bytes.length} of ${bytes?.length} bytes`)
  }
  return [...wrong, ...(await checkDisk(world, sent))]
}

/** As pages have them that read everything anew. */
function addresses({ people }: World): Map<string, string> {
  const pages = people.flatMap(({ tabs }) => tabs.filter((tab) => tab instanceof PageTab))
  const events = pages.flatMap(({ found }) => [...(found?.histories.values() ?? [])].flat())
  return new Map(
    events.flatMap(({ type, name, url, deleted_at }) => (type === 'file' && !deleted_at ? [[String(name), String(url)] as const] : [])),
  )
}

async function checkDisk(world: World, sent: readonly EventRow[]): Promise<string[]> {
  const { life, clock, network, path } = world
  if (!life) return []
  const ahead = createClock({ start: clock.now() + LATER_MS, settle: () => world.rest() })
  const files = { ...life.files, remove: (id: string) => network.attend(life.files.remove(id)) }
  const stop = sweepRegularly({ store: life.store, files, clock: ahead, log: life.log, tell: () => {} })
  await ahead.advance(2 * SWEEP_EVERY_MS)
  stop()
  const folder = `${path}.files`
  const places = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(`${folder}/${name}`).isFile())
  const found = new Set(places.map((name) => name.split('/').at(-1) ?? ''))
  const named = new Map(sent.flatMap(({ id, files }) => files.map((file) => [file.id, id] as const)))
  return [
    ...[...found].filter((id) => !named.has(id)).map((id) => `[FIL5] the bytes of ${id} are in no event, and still there`),
    ...[...named].filter(([id]) => !found.has(id)).map(([id, event]) => `[FIL5] ${event} has the file ${id}, whose bytes are gone`),
  ]
}
