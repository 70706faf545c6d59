/** Sending files through the real gateway onto a real disk, whatever happens on the way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_FILE_BYTES } from '../../protocol/limits.ts'
import { pictures } from '../../testing/pictures.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'
import type { Upload } from '../kit/environment.ts'
import type { Fetch } from './types.ts'

let shop: Shop
let visit: Visit
let chat: string
let me: string

beforeEach(async () => {
  shop = await openShop('files')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
  me = (await visit.sdk.auth.getToken()).entityId
  await shop.settle()
})
afterEach(() => shop.close())

const photo = (bytes = pictures.png) => new File([bytes], 'photo.png', { type: 'image/png' })
const history = async () => (await visit.sdk.getChatHistory(chat).next()).value
/** What the server knows under the name that an upload for the chat has. */
const known = (customId: string) => shop.store.fileByCustomId(shop.founded.organization_id, me, `${chat} ${customId}`)
/** Lets time go by until it is settled. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let settled = false
  const mark = () => {
    settled = true
  }
  promise.then(mark, mark)
  for (let at = 0; at < 100 && !settled; at++) await shop.clock.advance(1000)
  return promise
}

describe('sendFile', () => {
  it('resolves with the event, and tells how far it is', async () => {
    const heard: number[] = []
    const sent = await visit.sdk.sendFile(chat, { file: photo() }, { onProgress: (part) => heard.push(part) })
    expect(sent).toMatchObject({
      type: 'file',
      author: me,
      name: 'photo.png',
      contentType: 'image/png',
      size: pictures.png.length,
      width: 3,
      height: 2,
      url: expect.stringMatching(/^http:\/\/chat\.test\/files\/\w+\/photo\.png\?exp=\d+&sig=[\w-]+$/),
    })
    expect(sent).not.toHaveProperty('customId')
    expect(sent).not.toHaveProperty('content_type')
    expect(heard).toEqual([0.5, 1])
    expect(await history()).toEqual([sent])
  })

  it('is told to others as a new event', async () => {
    const agent = await shop.agent()
    await visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    await shop.settle()
    const told = agent.pushes.filter(({ action }) => action === 'incoming_event')
    expect(told.map(({ payload }) => payload['event'])).toMatchObject([
      { type: 'file', custom_id: 'mine', content_type: 'image/png', name: 'photo.png' },
    ])
  })

  it('is a promise in every way, and can be cancelled', async () => {
    const sending = visit.sdk.sendFile(chat, { file: photo() })
    for (const member of ['then', 'catch', 'finally', 'cancel'] as const) expect(sending[member]).toBeTypeOf('function')
    expect(await sending.then(({ url }) => url.length).finally(() => {})).toBeGreaterThan(0)
  })

  it('over 10 MiB, or nothing at all, is rejected before a byte is sent', async () => {
    const before = shop.network.total()
    for (const file of [new File([new Uint8Array(MAX_FILE_BYTES + 1)], 'x'), undefined as never, null as never]) {
      const failure = await visit.sdk.sendFile(chat, { file }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'INVALID_ARGS', reason: 'file (at most 10 MiB) is missing or wrong' })
      expect(failure).toBeInstanceOf(Error)
    }
    expect(shop.network.total()).toBe(before)
  })

  it('[FIL2] of one customId is one event, and with other bytes a mismatch', async () => {
    const first = await visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    const again = await visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    expect(again.id).toBe(first.id)
    expect(await codeOf(visit.sdk.sendFile(chat, { file: photo(pictures.gif), customId: 'mine' }))).toBe('IDEMPOTENCY_MISMATCH')
    expect(await history()).toHaveLength(1)
    const other = await visit.sdk.startChat()
    expect((await visit.sdk.sendFile(other.id, { file: photo(pictures.gif), customId: 'mine' })).contentType).toBe('image/gif')
  })

  it('[FIL2] whose answer is lost is tried again, and is there once', async () => {
    shop.network.answersToLose = 2
    const heard: number[] = []
    const sent = await inTime(visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' }, { onProgress: (part) => heard.push(part) }))
    expect(await history()).toEqual([sent])
    expect(heard).toEqual([0.5, 1])
    expect(await known('mine')).toMatchObject({ expires_at: null })
  })

  it('waits while offline, and goes out after', async () => {
    visit.device.goOffline()
    const sending = visit.sdk.sendFile(chat, { file: photo() })
    await shop.clock.advance(120_000)
    visit.device.goOnline()
    expect((await inTime(sending)).name).toBe('photo.png')
  })

  it('into a chat that is still being started waits for it', async () => {
    const { provisionalId } = visit.sdk.startChat()
    const sent = await inTime(visit.sdk.sendFile(provisionalId, { file: photo() }))
    expect(sent.type).toBe('file')
  })

  it('is rejected when the server refuses it', async () => {
    expect(await codeOf(visit.sdk.sendFile('no-such-chat', { file: photo() }))).toBe('NOT_FOUND')
  })

  it('goes by the page’s own fetch where there is one, and tells of the beginning and the end', async () => {
    const tab = visit.device.open()
    const { fetch, upload } = tab.environment
    const asked: string[] = []
    const own: Fetch = async (url, { method, headers = {}, body, signal = new AbortController().signal }) => {
      asked.push(`${method} ${new URL(url).pathname}`)
      const answer =
        body instanceof FormData
          ? await upload?.(url, headers['authorization'] ?? '', body.get('file'), signal, () => {})
          : await fetch({ method: method as 'POST', url, body: body ?? null, signal })
      return { status: answer?.status ?? 0, text: async () => answer?.body ?? '' }
    }
    const { sdk } = await shop.visit(tab, { fetch: own })
    const heard: number[] = []
    const sent = await sdk.sendFile(chat, { file: photo() }, { onProgress: (part) => heard.push(part) })
    expect(sent).toMatchObject({ name: 'photo.png', contentType: 'image/png' })
    expect([heard, asked]).toEqual([[0, 1], ['POST /v1/customer/action/upload_file']])
  })

  it('ends with the SDK in the middle of it, and tells no more', async () => {
    const tab = visit.device.open()
    let left: AbortSignal | undefined
    let progress = (_: number) => {}
    Object.assign(tab.environment, {
      upload: (...[, , , signal, onProgress]: Parameters<Upload>) => {
        left = signal
        progress = onProgress
        return new Promise(() => {})
      },
    })
    const { sdk } = await shop.visit(tab)
    const heard: number[] = []
    const code = codeOf(sdk.sendFile(chat, { file: photo() }, { onProgress: (part) => heard.push(part) }))
    await shop.settle()
    progress(0.25)
    sdk.destroy()
    progress(0.75)
    expect([await code, left?.aborted, heard]).toEqual(['SDK_DESTROYED', true, [0.25]])
  })

  it('ends with the SDK', async () => {
    visit.device.goOffline()
    const sending = visit.sdk.sendFile(chat, { file: photo() })
    await shop.clock.advance(1000)
    visit.sdk.destroy()
    expect(await codeOf(inTime(sending))).toBe('SDK_DESTROYED')
    expect(await codeOf(visit.sdk.sendFile(chat, { file: photo() }))).toBe('SDK_DESTROYED')
  })
})

describe('cancel', () => {
  it('counts however soon after the call it comes', async () => {
    const { sdk } = await shop.visit()
    const { id } = await sdk.startChat()
    for (let turns = 0; turns < 12; turns++) {
      const sending = sdk.sendFile(id, { file: new File(['x'], 'a.txt') })
      const code = codeOf(sending)
      for (let turn = 0; turn < turns; turn++) await null
      sending.cancel()
      await shop.settle()
      expect([turns, await code]).toEqual([turns, 'CANCELLED'])
    }
  })

  const nothingIsLeft = async () => {
    await shop.clock.advance(1000)
    expect(await known('mine')).toBeNull()
    expect(await history()).toEqual([])
  }

  it('at once rejects, and nothing is sent', async () => {
    const sending = visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    sending.cancel()
    expect(await sending.catch((error: unknown) => error)).toMatchObject({
      code: 'CANCELLED',
      message: expect.stringMatching(/^unable to /),
    })
    await nothingIsLeft()
  })

  it.each([0.5, 1])('when %d of it is out rejects, and leaves nothing', async (when) => {
    const sending = visit.sdk.sendFile(
      chat,
      { file: photo(), customId: 'mine' },
      { onProgress: (part) => void (part === when && sending.cancel()) },
    )
    expect(await codeOf(sending)).toBe('CANCELLED')
    await nothingIsLeft()
  })

  it('while offline rejects, and nothing is sent later', async () => {
    visit.device.goOffline()
    const sending = visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    await shop.clock.advance(1000)
    sending.cancel()
    expect(await codeOf(sending)).toBe('CANCELLED')
    visit.device.goOnline()
    await shop.clock.advance(60_000)
    await nothingIsLeft()
  })

  it('when the file is there and its event waits takes both back', async () => {
    const sending = visit.sdk.sendFile(
      chat,
      { file: photo(), customId: 'mine' },
      { onProgress: (part) => void (part === 1 && visit.sdk.disconnect()) },
    )
    await shop.clock.advance(1000)
    expect(await known('mine')).not.toBeNull()
    sending.cancel()
    visit.sdk.connect()
    expect(await codeOf(sending)).toBe('CANCELLED')
    await shop.clock.advance(5000)
    expect(await history()).toEqual([])
  })

  it('takes back nothing of that name in another chat', async () => {
    const other = (await visit.sdk.startChat()).id
    const file = visit.sdk.sendFile(
      chat,
      { file: photo(), customId: 'mine' },
      { onProgress: (part) => void (part === 1 && visit.sdk.disconnect()) },
    )
    await shop.clock.advance(1000)
    const text = visit.sdk.sendMessage(other, { text: 'kept', customId: 'mine' })
    await shop.settle()
    file.cancel()
    visit.sdk.connect()
    expect(await codeOf(file)).toBe('CANCELLED')
    expect(await inTime(text)).toMatchObject({ text: 'kept' })
    await nothingIsLeft()
  })

  it('of an event whose answer is lost comes too late', async () => {
    const line = visit.tab.lines.at(-1)
    const sending = visit.sdk.sendFile(
      chat,
      { file: photo(), customId: 'mine' },
      { onProgress: (part) => void (part === 1 && line?.down.hold()) },
    )
    await shop.settle()
    visit.device.goOffline()
    await shop.settle()
    sending.cancel()
    visit.device.goOnline()
    expect([await inTime(sending)]).toEqual(await history())
  })

  it('is repeated until the server has heard of it', async () => {
    shop.network.answersToLose = 1
    const sending = visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    await shop.settle()
    expect(await known('mine')).not.toBeNull()
    visit.device.goOffline()
    await shop.settle()
    sending.cancel()
    expect(await codeOf(sending)).toBe('CANCELLED')
    await shop.clock.advance(60_000)
    visit.device.goOnline()
    await shop.clock.advance(30_000)
    await nothingIsLeft()
  })

  it('of what is sent changes nothing', async () => {
    const sending = visit.sdk.sendFile(chat, { file: photo(), customId: 'mine' })
    const sent = await sending
    sending.cancel()
    await shop.clock.advance(1000)
    expect(await sending).toBe(sent)
    expect(await history()).toEqual([sent])
  })
})

describe('uploadFile', () => {
  it('is a file of its own, which one event may name', async () => {
    const heard: number[] = []
    const file = await visit.sdk.uploadFile({ file: photo(), onProgress: (part) => heard.push(part) })
    expect(file).toEqual({
      fileId: expect.any(String),
      name: 'photo.png',
      url: expect.stringContaining('/files/'),
      contentType: 'image/png',
      size: pictures.png.length,
      width: 3,
      height: 2,
    })
    expect(heard).toEqual([0.5, 1])
    const { fileId } = file
    const sent = await visit.sdk.sendEvent(chat, { type: 'file', fileId })
    expect(sent).toMatchObject({ type: 'file', name: 'photo.png', contentType: 'image/png' })
    expect(await codeOf(visit.sdk.sendEvent(chat, { type: 'file', fileId }))).toBe('CONFLICT')
  })

  it('that is cancelled is not there; that is done stays', async () => {
    const uploading = visit.sdk.uploadFile({ file: photo(), onProgress: (part) => void (part === 1 && uploading.cancel()) })
    expect(await codeOf(uploading)).toBe('CANCELLED')
    await shop.clock.advance(1000)
    expect(await shop.store.fileRemovals(shop.clock.now(), 10)).toHaveLength(1)
    const done = visit.sdk.uploadFile({ file: photo() })
    const { fileId } = await done
    done.cancel()
    await shop.clock.advance(1000)
    expect(await shop.store.file(fileId)).not.toBeNull()
  })

  it('over 10 MiB is rejected', async () => {
    expect(await codeOf(visit.sdk.uploadFile({ file: new File([new Uint8Array(MAX_FILE_BYTES + 1)], 'x') }))).toBe('INVALID_ARGS')
  })
})

describe('a face', () => {
  it('[FIL6] that comes back after an hour has addresses that hold', async () => {
    await visit.sdk.sendFile(chat, { file: photo() })
    const { face } = await shop.look(visit.device)
    const conversation = face.conversation(chat)
    const look = async () => {
      const away = conversation.open()
      await shop.clock.advance(100)
      const urls = conversation.state.items.flatMap((item) => (item.kind === 'event' ? [String(item.event.url)] : []))
      away()
      return urls
    }
    const first = await look()
    expect(first).toHaveLength(1)
    await shop.clock.advance(30 * 60_000)
    expect(await look()).toEqual(first)
    await shop.clock.advance(30 * 60_000)
    const [later = ''] = await look()
    expect(Number(new URL(later).searchParams.get('exp')) * 1000).toBeGreaterThan(shop.clock.now() + 30 * 60_000)
  })
})
