/** Names of files are for people: nothing in them leads anywhere or hides anything. */
import { describe, expect, test } from 'vitest'
import { cleanName, contentDisposition } from './file-names.ts'

describe('[FIL7] a name', () => {
  test.each([
    ['photo.jpg', 'photo.jpg'],
    ['../../../etc/passwd', 'passwd'],
    ['C:\\Users\\ann\\photo.jpg', 'photo.jpg'],
    ['a/../b\\..\\c.txt', 'c.txt'],
    ['evil\u202Egpj.exe', 'evilgpj.exe'],
    ['in\u200Bvisi\u200Eble\uFEFF.txt', 'invisible.txt'],
    ['line\r\nSet-Cookie: x.txt', 'lineSet-Cookie: x.txt'],
    ['zero\0.txt', 'zero.txt'],
    ['half \uD800.txt', 'half .txt'],
    ['  . .hidden.txt . ', 'hidden.txt'],
    ['résumé – "final" 💡.pdf', 'résumé – "final" 💡.pdf'],
    ['e\u0301.txt', 'é.txt'],
    ['צילום.png', 'צילום.png'],
    ['', 'file'],
    [undefined, 'file'],
    ['..', 'file'],
    ['/', 'file'],
  ])('%o becomes %o', (given, name) => {
    expect(cleanName(given)).toBe(name)
  })

  test('that is too long keeps its end', () => {
    const name = cleanName(`${'💡'.repeat(500)}.jpeg`)
    expect([[...name].length, name.endsWith('💡.jpeg')]).toEqual([200, true])
  })

  test('is spelled for every reader', () => {
    expect(contentDisposition('attachment', `a"b\\c%é'(1).txt`)).toBe(
      `attachment; filename="a_b_c__'(1).txt"; filename*=UTF-8''a%22b%5Cc%25%C3%A9%27%281%29.txt`,
    )
  })
})
