/** H-06: chats in frames, which may be of another site, be shut off, and have no origin. */
import { type Chat, page } from './host-page.ts'
import { rows } from './test.ts'

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
})
