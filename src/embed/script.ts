/** The widget's script, or its loader, in the page: once for a name, and that of the page where there is one already. */
import type { Options } from '../widget/index.ts'
import { queueOf, widgetOf } from './porchlight.ts'
import { DEFAULT_NAME, type WidgetProps } from './props.ts'

export interface Script {
  readonly tag: HTMLScriptElement | undefined
  /** It paints the launcher by itself, by what its tag says, and fetches the widget when the visitor acts. */
  readonly isLoader: boolean
  /** The page's own tag, which may say something else. */
  readonly isForeign: boolean
}

export function placeScript(name: string, props: WidgetProps, isInline: boolean): Script {
  const server = props.server.replace(/\/$/, '')
  const found = [...document.scripts].find((tag) => isFor(tag, name, server))
  const widget = widgetOf(name)
  if (widget) return { tag: found, isLoader: false, isForeign: widget.state !== 'waiting' && widget.state !== 'destroyed' }
  queueOf(name)
  const tag = found ?? create(name, props, `${server}/${props.loader && !isInline ? 'loader' : 'widget'}.js`)
  const saysWhose = tag.dataset.license !== undefined
  return { tag, isLoader: saysWhose && /\/loader\.js/.test(tag.src), isForeign: saysWhose && tag === found }
}

const isFor = ({ src, dataset }: HTMLScriptElement, name: string, server: string) =>
  (dataset.global || DEFAULT_NAME) === name && [`${server}/widget.js`, `${server}/loader.js`].includes(src.replace(/[?#].*/, ''))

function create(name: string, props: WidgetProps, src: string): HTMLScriptElement {
  const tag = document.createElement('script')
  if (name !== DEFAULT_NAME) tag.dataset.global = name
  if (src.endsWith('/loader.js')) Object.assign(tag.dataset, saidBy(props))
  if (props.nonce) tag.nonce = props.nonce
  tag.async = true
  tag.src = src
  // Whoever mounts next tries again.
  tag.addEventListener('error', () => tag.remove())
  document.head.append(tag)
  return tag
}

/** What a tag can say. */
function saidBy({ license, clientId, load, consent, locale, theme, position, brand, icon, launcher, open }: WidgetProps) {
  const shown = launcher === false ? 'none' : launcher
  const said = { license, clientId, load, consent, locale, theme, position, brand, icon, launcher: shown, open: open || undefined }
  const entries = Object.entries(said).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, `${value}`]))
}

/** What a tag cannot say waits in the loader's settings for the widget. */
export function tellLoader(name: string, tag: HTMLScriptElement | undefined, { words, beforeSend, beforeOpen }: Options): void {
  const tell = () => {
    const { settings } = queueOf(name)
    if (settings) Object.assign(settings, { ...(words && { words }), ...(beforeSend && { beforeSend }), ...(beforeOpen && { beforeOpen }) })
  }
  tell()
  tag?.addEventListener('load', tell, { once: true })
}

/** Takes away what a loader has put into the page, with nothing fetched for that. */
export function dropLoader(name: string, tag: HTMLScriptElement | undefined): void {
  const queue = queueOf(name)
  const host = queue.settings?.host
  // The loader puts back what it knows of.
  delete queue.settings?.host
  host?.remove()
  // Another loader may come, and finds who listens.
  delete queue.settings
  const isHeard = ([verb]: unknown[]) => verb === 'on' || verb === 'off'
  queue.q.splice(0, queue.q.length, ...queue.q.filter((call) => isHeard(Array.from(call))))
  tag?.remove()
}
