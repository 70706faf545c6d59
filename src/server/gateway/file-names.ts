/** What a file is called, as far as that can be believed: for people to read, never a part of a path. */
import { MAX_FILE_NAME_CHARS } from '../../protocol/limits.ts'

const NAMELESS = 'file'

/**
 * Without folders; without what is not seen and may hide the rest: control characters, those of direction, of no width, and
 * those that stand for nothing.
 */
export function cleanName(given: string | undefined): string {
  const name = (given ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/^.*[/\\]/s, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return shortened(name) || NAMELESS
}

/** The end says what kind of file it is, so it stays. */
function shortened(name: string): string {
  const characters = [...name]
  if (characters.length <= MAX_FILE_NAME_CHARS) return name
  const [extension = ''] = /\.\w{1,10}$/.exec(name) ?? []
  return characters.slice(0, MAX_FILE_NAME_CHARS - extension.length).join('') + extension
}

/** RFC 6266, with the name in RFC 8187's spelling, and one of plain letters for what cannot read that. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const spelled = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${spelled}`
}
