/** What every keeper of bytes does, wherever it keeps them. */
import type { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Files } from './files.ts'

const ID = 'f'.repeat(32)
const text = (length: number) => Buffer.from(Array.from({ length }, (_, at) => at % 251))

async function* inPieces(bytes: Buffer, size: number, end?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  if (end) throw end
}

async function all(stream: Readable | null): Promise<Buffer | null> {
  return stream && Buffer.concat(await stream.toArray())
}

/** `open` makes an empty place. */
export function filesContract(name: string, open: () => Promise<Files>): void {
  describe(`files: ${name}`, () => {
    let files: Files
    beforeEach(async () => {
      files = await open()
    })

    it.each([0, 1, 65_536, 300_001])('give back %i bytes as they came', async (length) => {
      await files.write(ID, inPieces(text(length), 10_000))
      expect(await all(await files.read(ID))).toEqual(text(length))
    })

    it.each([
      [0, 0],
      [5, 99_999],
      [70_000, 70_000],
    ])('give the part from %i to %i, both included', async (from, to) => {
      await files.write(ID, inPieces(text(100_000), 33_333))
      expect(await all(await files.read(ID, { from, to }))).toEqual(text(100_000).subarray(from, to + 1))
    })

    it('have nothing of what was cut short', async () => {
      await expect(files.write(ID, inPieces(text(100_000), 10_000, new Error('cut')))).rejects.toThrow('cut')
      expect(await files.read(ID)).toBeNull()
      await files.write(ID, inPieces(text(10), 10))
      expect(await all(await files.read(ID))).toEqual(text(10))
    })

    it('have nothing of what was removed, and removing it again is no failure', async () => {
      await files.write(ID, inPieces(text(10), 10))
      await files.remove(ID)
      await files.remove(ID)
      expect(await files.read(ID)).toBeNull()
    })

    it('take many at once', async () => {
      const ids = Array.from({ length: 20 }, (_, at) => `${at}`.padStart(32, 'a'))
      await Promise.all(ids.map((id, at) => files.write(id, inPieces(text(at * 1000), 700))))
      const sizes = await Promise.all(ids.map(async (id) => (await all(await files.read(id)))?.length))
      expect(sizes).toEqual(ids.map((_, at) => at * 1000))
    })

    it.each(['../../etc/passwd', '..', 'a/b/c/d/e/f', 'short', '', `${'x'.repeat(40)}\0`])('know no id like %o', async (id) => {
      await expect(files.write(id, inPieces(text(1), 1))).rejects.toThrow('no id')
      await expect((async () => files.read(id))()).rejects.toThrow('no id')
      await expect((async () => files.remove(id))()).rejects.toThrow('no id')
    })
  })
}
