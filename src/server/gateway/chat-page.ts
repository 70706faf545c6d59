/** `/chat/<license>`: the widget as a page of the server's own, for who comes by a link (LIN11). */
import type { Store } from '../store/store.ts'
import { chatStyles } from './chat-page-styles.ts'
import { attribute, page, preferred, text } from './html.ts'
import { pageHeaders } from './pages.ts'
import type { HttpAsked, HttpReply, Route } from './routes.ts'

/** Those that the widget speaks. */
const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it', 'nl', 'pl', 'tr', 'ar', 'he', 'ja']
const STYLES = '/chat/page.css'
const LICENSE = /^[1-9]\d{0,14}$/

export const chatPageRoutes = (store: Store): Route[] => [
  { method: 'GET', path: STYLES, purpose: 'load the file', handle: () => styles },
  { method: 'GET', path: '/chat/:name', purpose: 'load the page', handle: (asked) => chatPage(store, asked) },
]

const styles: HttpReply = {
  status: 200,
  headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' },
  body: chatStyles,
}

async function chatPage(store: Store, asked: HttpAsked): Promise<HttpReply> {
  const organization = LICENSE.test(asked.name) ? await store.organizationByLicense(Number(asked.name)) : null
  const client_id = organization && (await clientFor(store, organization.id, asked.query('client_id')))
  if (!organization || client_id === null) return reply(asked, 404, nothing)
  const lang = preferred(asked.header('accept-language'), LANGUAGES)
  const body = `<main id="chat" aria-label="${attribute(organization.name)}"></main>
    <noscript><p class="nothing">JavaScript is off in this browser, and the chat needs it.</p></noscript>
    <script async src="/widget.js" data-license="${organization.license}" data-client-id="${attribute(client_id)}"
      data-container="#chat" data-load="eager" data-consent="granted"></script>`
  return reply(asked, 200, page({ lang, title: organization.name, styles: STYLES, body }))
}

/** The one that is asked for, or the one that the organization has had longest: of those that pages use. */
async function clientFor(store: Store, organization_id: string, wanted: string | null): Promise<string | null> {
  const clients = (await store.clients(organization_id)).filter(({ kind, id }) => kind === 'web' && (wanted ?? id) === id)
  return clients.sort((a, b) => a.created_at - b.created_at)[0]?.id ?? null
}

const nothing = page({
  lang: 'en',
  title: 'No chat here',
  styles: STYLES,
  body: `<main class="nothing">
      <h1>${text('There is no chat at this address')}</h1>
      <p>${text('The link may be old, or not complete. Go back to where you found it, or ask whoever gave it to you.')}</p>
    </main>`,
})

const reply = ({ path, host }: HttpAsked, status: number, body: string): HttpReply => ({
  status,
  headers: {
    ...pageHeaders(path.slice(1), host),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-robots-tag': 'noindex',
    vary: 'Accept-Language',
  },
  body,
})
