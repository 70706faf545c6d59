// What emoji are called in the widget's languages, from Unicode's CLDR: writes src/widget/emoji/names/. `npm run emoji` when data.ts gains or loses a sign.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALL } from '../src/ui/emoji/data.ts'

const CLDR = 'cldr-annotations-modern@45.0.0'
/** English has its own, beside the signs. */
const LANGUAGES = {
  ar: 'Arabic',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
  he: 'Hebrew',
  it: 'Italian',
  ja: 'Japanese',
  nl: 'Dutch',
  pl: 'Polish',
  pt: 'Portuguese',
  tr: 'Turkish',
}
/** What else an emoji is searched by: enough to find it, and small enough to fetch. */
const KEYWORDS = 3

const target = join(import.meta.dirname, '../src/widget/emoji/names')
const work = mkdtempSync(join(tmpdir(), 'cldr-'))
try {
  const packed = execFileSync('npm', ['pack', '--silent', CLDR], { cwd: work, encoding: 'utf8' }).trim()
  execFileSync('tar', ['xzf', packed], { cwd: work })
  mkdirSync(target, { recursive: true })
  for (const [language, name] of Object.entries(LANGUAGES)) write(language, name)
} finally {
  rmSync(work, { recursive: true })
}

/** @param {string} language @param {string} name */
function write(language, name) {
  const file = join(work, 'package/annotations', language, 'annotations.json')
  const { annotations } = JSON.parse(readFileSync(file, 'utf8')).annotations
  const names = ALL.flatMap(({ emoji }) => emoji).map(({ sign }) => entryOf(annotations[sign.replaceAll('\ufe0f', '')], sign))
  const text = `/** What emoji are called in ${name}, in the order of the signs, and after a bar what else people search them by. By 'npm run emoji', from ${CLDR}. */
export const names =
  ${JSON.stringify(names.join(',')).replaceAll("'", '’').replace(/^"|"$/g, "'")}
`
  writeFileSync(join(target, `${language}.ts`), text)
}

/** @param {{ default?: string[], tts?: [string] } | undefined} known @param {string} sign */
function entryOf(known, sign) {
  const [name] = known?.tts ?? []
  if (!name) throw new Error(`unable to name ${sign}; CLDR does not know it`)
  const has = new Set(name.toLowerCase().split(/[\s-]+/))
  const also = (known?.default ?? []).filter((word) => word !== name && !/[\s:]/.test(word) && !has.has(word.toLowerCase()))
  return [name, also.slice(0, KEYWORDS).join(' ')]
    .filter(Boolean)
    .map((part) => part.replaceAll(/[,،、|]/g, ''))
    .join('|')
}
