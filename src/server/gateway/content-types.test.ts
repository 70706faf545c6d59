/** Bytes are taken for what they are. */
import { describe, expect, test } from 'vitest'
import { onItsSide, pictures } from '../../testing/pictures.ts'
import { kindOf } from './content-types.ts'

const UNKNOWN = { content_type: 'application/octet-stream', width: null, height: null }

/** A PNG that says it is so large, with a right checksum nowhere. */
function pngOf(width: number, height: number): Buffer {
  const png = Buffer.from(pictures.png)
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

describe('[FIL3] what is told', () => {
  test.each(Object.entries(pictures))('of a picture of kind %s', async (kind, bytes) => {
    expect(await kindOf(bytes)).toEqual({ content_type: `image/${kind}`, width: 3, height: 2 })
  })

  test('of a photograph on its side, as it is shown', async () => {
    expect(await kindOf(onItsSide(pictures.jpeg))).toEqual({ content_type: 'image/jpeg', width: 2, height: 3 })
  })

  test('of documents and archives', async () => {
    expect((await kindOf(Buffer.from('%PDF-1.7\n'))).content_type).toBe('application/pdf')
    expect((await kindOf(Buffer.from('PK\x05\x06'.padEnd(22, '\0')))).content_type).toBe('application/zip')
  })

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['XML', '<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['a script', '#!/bin/sh\nrm -rf /'],
    ['text', 'Dear diary'],
    ['nothing', ''],
    ['a GIF that ends at once', 'GIF89a=a'],
    ['a PNG without a size', '\x89PNG\r\n\x1a\n'],
    ['a JPEG that ends at once', '\xff\xd8\xff\xe0'],
    ['boxes without end', '\0\0\0\x10ftypavif\0\0\0\0\0\0\0\0meta\0\0\0\0\0\0\0\0\0\0\0\0'],
    ['a RIFF of no kind', 'RIFF\xff\xff\xff\xffWEBPVP8 '],
  ])('%s is octets, and nothing more', async (_, bytes) => {
    expect(await kindOf(Buffer.from(bytes, 'latin1'))).toEqual(UNKNOWN)
  })

  test.each([
    [0, 2],
    [60_000, 60_000],
    [0xffffffff, 1],
  ])('nor is a picture of %i by %i', async (width, height) => {
    expect(await kindOf(pngOf(width, height))).toEqual(UNKNOWN)
  })

  test('bytes of chance end in an answer', async () => {
    const heads = Object.values(pictures)
    for (let at = 0; at < 500; at++) {
      const head = Buffer.from(heads[at % heads.length] ?? '')
      for (let hit = 0; hit < 4; hit++) head[8 + ((at * 31 + hit * 17) % (head.length - 8))] = (at * 7 + hit * 91) % 256
      expect((await kindOf(head)).content_type).toMatch(/^\w+\/[\w.+-]+$/)
    }
  })
})
