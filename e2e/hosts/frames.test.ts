/** H-06: chats in frames, which may be of another site, be shut off, and have no origin. */
import { type Chat, page } from './host-page.ts'
import { expect, rows, test } from './test.ts'

const inner = ({ tag }: Chat) => `<!doctype html><html lang="en"><head><title>Help</title></head><body>${tag}</body></html>`
const framed = (attributes: string) =>
  page(`<iframe title="Help" style="position: absolute; top: 0; right: 0; width: 500px; height: 680px" ${attributes}></iframe>`)
const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

rows({
  'H-06 a frame of the same site': (chat) => ({ html: framed('src="/help.html"'), files: { '/help.html': inner(chat) }, frame: 'iframe' }),
  'H-06 a frame without an address': (chat) => ({ html: framed(`srcdoc="${escaped(inner(chat))}"`), frame: 'iframe' }),
  'H-06 a sandboxed frame with its own origin': (chat) => ({
    html: framed('src="/help.html" sandbox="allow-scripts allow-same-origin"'),
    files: { '/help.html': inner(chat) },
    frame: 'iframe',
  }),
  // One machine by another name is another site, to which browsers that protect their users lend no storage.
  'H-06 a frame of another site, which may keep nothing': (chat) => ({
    html: framed('').replace('</body>', '<script src="/frame.js"></script></body>'),
    files: {
      '/help.html': inner(chat),
      '/frame.js': `document.querySelector('iframe').src = location.href.replace('localhost', '127.0.0.1') + 'help.html'`,
    },
    frame: 'iframe',
    remembers: false,
  }),
})

test('H-06 a sandboxed frame without an origin, which no list of origins can let in, is told so and throws nothing', async ({ visit }) => {
  const { page, chat, complaints } = await visit((given) => ({
    html: framed('src="/help.html" sandbox="allow-scripts"'),
    files: { '/help.html': inner(given) },
    frame: 'iframe',
  }))
  await chat.launcher.click()
  await expect(page.frameLocator('iframe').getByRole('alert')).toContainText('The chat is not available here right now.')
  expect(complaints.at(-1)).toBe(
    'error: Porchlight: origin_not_allowed; check data-license or data-client-id, and that the client allows null',
  )
  expect(complaints.filter((complaint) => !complaint.includes('403'))).toHaveLength(1)
})
