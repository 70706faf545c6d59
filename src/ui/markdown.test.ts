/** The Markdown subset: what becomes a node, what stays text, and that no address leads where it must not. */
import { describe, expect, test } from 'vitest'
import { parseMarkdown, safeHref } from './markdown.ts'

const text = (value: string) => ({ kind: 'text', text: value })
const inline = (source: string) => {
  const [block] = parseMarkdown(source)
  return block?.kind === 'paragraph' ? block.children : []
}
const link = (href: string, label = href) => ({ kind: 'link', href, text: label })

describe('inline', () => {
  test.each([
    ['**fat** and *lean*', [{ kind: 'bold', children: [text('fat')] }, text(' and '), { kind: 'italic', children: [text('lean')] }]],
    ['__fat__ and _lean_', [{ kind: 'bold', children: [text('fat')] }, text(' and '), { kind: 'italic', children: [text('lean')] }]],
    ['**a _b_ c**', [{ kind: 'bold', children: [text('a '), { kind: 'italic', children: [text('b')] }, text(' c')] }]],
    ['run `npm *start*` now', [text('run '), { kind: 'code', text: 'npm *start*' }, text(' now')]],
  ])('%s', (source, nodes) => expect(inline(source)).toEqual(nodes))

  test.each(['snake_case_name', '2 * 3 * 4', '**', '_', '`', '**open', '<b>no</b>', '&amp;', '[label]', '[a](b)'])(
    '%s stays as it is',
    (source) => expect(inline(source)).toEqual([text(source)]),
  )

  test('lines of a paragraph break', () => expect(inline('one\ntwo')).toEqual([text('one'), { kind: 'break' }, text('two')]))
})

describe('links', () => {
  test('an address links itself and gives its closing punctuation back', () =>
    expect(inline('(see https://a.example/b?c=1).')).toEqual([text('(see '), link('https://a.example/b?c=1'), text(').')]))

  test('a bracket that belongs to the address stays', () =>
    expect(inline('https://a.example/x_(y)')).toEqual([link('https://a.example/x_(y)')]))

  test('underscores in an address are not emphasis', () =>
    expect(inline('https://a.example/a_b_c')).toEqual([link('https://a.example/a_b_c')]))

  test('a labelled link, a mail address', () =>
    expect(inline('[Track it](https://t.example/1) or ask help@shop.example')).toEqual([
      link('https://t.example/1', 'Track it'),
      text(' or ask '),
      link('mailto:help@shop.example', 'help@shop.example'),
    ]))

  test.each(['http://a', 'https://a', 'HTTPS://A', 'mailto:a@b', 'tel:+49'])('%s may be followed', (href) =>
    expect(safeHref(href)).toBe(href),
  )

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/path',
    'https://',
    'https:// x',
    ' https://a',
    '\u0000https://a',
    'blob:https://a',
  ])('%j may not', (href) => expect(safeHref(href)).toBeNull())

  test('a label over an unsafe address stays text', () =>
    expect(inline('[click](javascript:alert`1`)')).not.toContainEqual(expect.objectContaining({ kind: 'link' })))
})

describe('blocks', () => {
  test('lists of both kinds, a paragraph before and after', () =>
    expect(parseMarkdown('Both:\n- a\n- **b**\n3. c\n4. d\nend')).toEqual([
      { kind: 'paragraph', children: [text('Both:')] },
      { kind: 'list', ordered: false, start: 1, items: [[text('a')], [{ kind: 'bold', children: [text('b')] }]] },
      {
        kind: 'list',
        ordered: true,
        start: 3,
        items: [[text('c')], [text('d')]],
      },
      { kind: 'paragraph', children: [text('end')] },
    ]))

  test('a fence keeps everything as it is, also when it never closes', () => {
    expect(parseMarkdown('```\n*a*\n\n  b\n```\nc')).toEqual([
      { kind: 'code_block', text: '*a*\n\n  b' },
      { kind: 'paragraph', children: [text('c')] },
    ])
    expect(parseMarkdown('```\nx')).toEqual([{ kind: 'code_block', text: 'x' }])
  })

  test('an empty line parts paragraphs, whatever ends the lines', () => expect(parseMarkdown('a\r\n\r\nb')).toHaveLength(2))
})

test.each(['*', '_', '**a', '`', '[', '[a](', '- ', 'a@', '__a', 'https://', '*a '])(
  '%j sixteen thousand times takes no long time',
  (piece) => {
    const before = performance.now()
    parseMarkdown(piece.repeat(16_384 / piece.length))
    expect(performance.now() - before).toBeLessThan(1000)
  },
)
