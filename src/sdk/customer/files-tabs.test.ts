/** Files that are sent while customers, tabs and lines come and go: what was taken back is not there, and what is there was not taken back. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pictures } from '../../testing/pictures.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let one: Visit
let two: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('files')
  one = await shop.visit()
  chat = (await one.sdk.startChat()).id
  two = await shop.visit(one.device)
})
afterEach(() => shop.close())

const photo = () => new File([pictures.png], 'photo.png', { type: 'image/png' })
const namesIn = async ({ sdk }: Visit) => (await sdk.getChatHistory(chat).next()).value.map(({ name }) => name)

/** The file is there and its event waits, for the other tab has the link. */
async function sendByTheOther(hold: 'up' | 'down') {
  const line = two.tab.lines.at(-1)
  const onProgress = (part: number) => {
    if (part < 1) return
    line?.[hold].hold()
    one.sdk.disconnect()
  }
  const sending = one.sdk.sendFile(chat, { file: photo(), customId: 'mine' }, { onProgress })
  await shop.clock.advance(100)
  return { sending, line }
}

it('a cancel that another tab was faster than changes nothing', async () => {
  const { sending, line } = await sendByTheOther('down')
  sending.cancel()
  line?.release()
  one.sdk.connect()
  await shop.clock.advance(5_000)
  expect(await sending).toMatchObject({ type: 'file', name: 'photo.png', customId: 'mine' })
  expect(await namesIn(two)).toEqual(['photo.png'])
})

it('a cancel that was faster than another tab leaves nothing', async () => {
  const { sending, line } = await sendByTheOther('up')
  sending.cancel()
  one.sdk.connect()
  expect(await codeOf(sending)).toBe('CANCELLED')
  line?.release()
  await shop.clock.advance(5_000)
  expect(await namesIn(two)).toEqual([])
  expect(await shop.store.fileRemovals(shop.clock.now(), 10)).toHaveLength(1)
})

it('a cancel after a cut leaves nothing of what has not arrived, and changes nothing of what has', async () => {
  two.tab.kill()
  for (const direction of ['up', 'down'] as const) {
    const line = one.tab.lines.at(-1)
    const sending = one.sdk.sendFile(chat, { file: photo() }, { onProgress: (part) => void (part === 1 && line?.[direction].hold()) })
    const code = codeOf(sending)
    await shop.settle()
    line?.cut()
    await shop.settle()
    sending.cancel()
    await shop.clock.advance(5_000)
    expect([direction, await code]).toEqual([direction, direction === 'up' ? 'CANCELLED' : 'fulfilled'])
  }
  expect(await namesIn(one)).toEqual(['photo.png'])
})

it.each(['offline', 'disconnected'])('a file that waits is taken back at once when %s', async (how) => {
  const end = new AbortController()
  two.tab.kill()
  const lose = () => (how === 'offline' ? one.device.goOffline() : one.sdk.disconnect())
  const onProgress = (part: number) => void (part === 1 && lose())
  const cancelled = one.sdk.sendFile(chat, { file: photo() }, { onProgress })
  const code = codeOf(cancelled)
  await shop.clock.advance(100)
  const aborted = one.sdk.sendFile(chat, { file: photo() }, { signal: end.signal }).catch((why: unknown) => why)
  await shop.clock.advance(100)
  cancelled.cancel()
  end.abort('not this one')
  expect([await code, await aborted]).toEqual(['CANCELLED', 'not this one'])
})

it('a token that has ended by the time it arrives gives way to a fresh one', async () => {
  const { environment } = one.tab
  const { upload } = environment
  let tried = 0
  Object.assign(environment, {
    upload: async (...given: Parameters<NonNullable<typeof upload>>) => {
      if (tried++ === 0) await new Promise<void>((resolve) => environment.clock.after(16 * 60_000, resolve))
      return upload?.(...given)
    },
  })
  const { sdk } = await shop.visit(one.tab)
  const sent = codeOf(sdk.sendFile(chat, { file: photo() }))
  for (let minutes = 0; minutes < 17; minutes++) await shop.clock.advance(60_000)
  expect([await sent, tried]).toEqual(['fulfilled', 2])
})
