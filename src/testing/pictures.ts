/** The smallest pictures of each kind that browsers draw: red, three wide and two high. */

const of = (base64: string) => Buffer.from(base64, 'base64')

/** One box of the format that AVIF lies in: its length, its name, what is in it. */
function box(name: string, ...parts: (string | readonly number[] | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length + 8)
  return Buffer.concat([head, Buffer.from(name), body])
}

const FULL = [0, 0, 0, 0]
const size = box('ispe', FULL, [0, 0, 0, 3], [0, 0, 0, 2])

export const pictures: Readonly<Record<'png' | 'jpeg' | 'gif' | 'webp' | 'avif', Buffer<ArrayBuffer>>> = {
  png: of('iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4AWL6z8DwH4aZGJAAAAAA//+GpNPhAAAABklEQVQDAHTzBf+1yIrkAAAAAElFTkSuQmCC'),
  jpeg: of(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQA1j/2Q==',
  ),
  gif: of('R0lGODlhAwACAIAAAP8AAAAAACwAAAAAAwACAAACAoRRADs='),
  webp: of('UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoDAAIAB0CWJaACdLoAA5gA/uUK+Cepco/+N48CvJdjoAAA'),
  // Head only: enough to tell what it is and how large.
  avif: Buffer.concat([box('ftyp', 'avif', FULL, 'avifmif1miafMA1B'), box('meta', FULL, box('iprp', box('ipco', size)), box('mdat', [0]))]),
}

/** A JPEG whose camera was held on its side: the browser turns it, so it is two wide and three high. */
export function onItsSide(jpeg: Buffer): Buffer<ArrayBuffer> {
  const tiff = [...Buffer.from('MM'), 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const exif = Buffer.from([...Buffer.from('Exif'), 0, 0, ...tiff])
  const segment = Buffer.from([0xff, 0xe1, 0, exif.length + 2, ...exif])
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
}
