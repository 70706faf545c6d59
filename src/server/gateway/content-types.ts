/** What bytes are, whatever they are called: the only file that knows how types are told apart and images measured. */
import { fileTypeFromBuffer } from 'file-type'
import { imageSize } from 'image-size'
import { MAX_IMAGE_PIXELS } from '../../protocol/limits.ts'

export interface Kind {
  readonly content_type: string
  readonly width: number | null
  readonly height: number | null
}

/** So much of a file tells what it is; photographs carry a preview, a profile and more before their own size. */
export const HEAD_BYTES = 256 * 1024

/** Images that browsers draw, and run nothing of (FIL7). */
export const INLINE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

const UNKNOWN: Kind = { content_type: 'application/octet-stream', width: null, height: null }

/** FIL3. Text, and what is written in it, may be anything to a browser that looks for itself. */
export async function kindOf(head: Uint8Array): Promise<Kind> {
  const type = await fileTypeFromBuffer(head).catch(() => undefined)
  const mime = type?.mime === 'image/apng' ? 'image/png' : type?.mime
  if (mime === undefined || /^text\/|xml|html|script/.test(mime)) return UNKNOWN
  if (INLINE_TYPES.includes(mime)) return measured(mime, head)
  return { ...UNKNOWN, content_type: mime.split(';', 1)[0] ?? mime }
}

/** What says that it is an image, and has no size that an image could have, is none. */
function measured(content_type: string, head: Uint8Array): Kind {
  try {
    // In memory of its own: the library would read on behind a view of a larger one.
    const { width, height, orientation = 1 } = imageSize(new Uint8Array(head))
    const drawable = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && width * height <= MAX_IMAGE_PIXELS
    if (!drawable) return UNKNOWN
    // From 5 on the camera was held on its side, and browsers turn the picture.
    return orientation < 5 ? { content_type, width, height } : { content_type, width: height, height: width }
  } catch {
    return UNKNOWN
  }
}
