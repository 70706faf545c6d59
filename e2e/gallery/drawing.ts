/** A picture that is made here, of a lamp in the dark. */
import { deflateSync } from 'node:zlib'

const WIDTH = 320
const HEIGHT = 200

/** Light that falls off from the middle. */
function row(y: number): Buffer {
  const line = Buffer.alloc(1 + WIDTH * 3)
  for (let x = 0; x < WIDTH; x++) {
    const light = Math.max(0, 1 - Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) / 140)
    line.set([40 + 200 * light, 30 + 140 * light, 50 + 40 * light], 1 + x * 3)
  }
  return line
}

export function drawing(name: string): { name: string; mimeType: string; buffer: Buffer } {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.concat(Array.from({ length: HEIGHT }, (_, y) => row(y))))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const buffer = Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
  return { name, mimeType: 'image/png', buffer }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
