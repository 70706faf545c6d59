/** H-11 to H-13: pages whose natives are not as the browser made them. */
import { ADDED, FREEZE, GETTER, library, MOOTOOLS, PROTOTYPE, REPLACED, SUGAR } from './bent.ts'
import { type Make, SCRIPTS, withScripts } from './host-page.ts'
import { expect, rows, test } from './test.ts'

const after =
  (script: string): Make =>
  (chat) =>
    withScripts(chat, { '/before.js': script })

const prototypeJs = after(PROTOTYPE)

rows({ 'H-11 Prototype.js 1.6': prototypeJs }, SCRIPTS)

rows({
  'H-12 natives of MooTools': after(MOOTOOLS),
  'H-12 natives of Sugar and Datejs': after(SUGAR),
  'H-12 replaced natives': after(REPLACED),
  'H-13 more on every object': after(ADDED),
  'H-13 a getter on every object': after(GETTER),
  'H-13 frozen natives': after(FREEZE),
  'H-13 lockdown of SES': after(`${library('ses')}; lockdown()`),
})

test('H-11 the page of Prototype.js really bends JSON', async ({ visit }) => {
  const { page } = await visit(prototypeJs, { without: true })
  expect(await page.evaluate(() => JSON.stringify({ a: [1] }))).toBe('{"a":"[1]"}')
})
