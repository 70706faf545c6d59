/** `<porchlight-chat>`: the one element we put into a page for each project, and the one place where its shadow root is made. */
import tokensCss from '../ui/tokens-launcher.css?inline'
import elementCss from './element.css?inline'
import launcherCss from './launcher/launcher.css?inline'
import type { Changes, Settings } from './settings.ts'

export const NAME = 'porchlight-chat'

export interface ChatElement {
  readonly host: HTMLElement
  /** Inside the shadow root, around everything we draw. */
  readonly root: HTMLElement
  addStyles(css: string): void
  dress(look: Omit<Changes, 'consent'>): void
}

/** The element in its home: made by the loader and taken over by the widget, or made now. */
export function chatElement(settings: Settings, home: Element): ChatElement {
  const host = settings.host?.isConnected ? settings.host : document.createElement(NAME)
  if (!host.isConnected) moveIn(host, home)
  const root = host.shadowRoot?.querySelector<HTMLElement>('.pieces') ?? createRoot(host.attachShadow({ mode: 'open' }))
  const element: ChatElement = {
    host,
    root,
    addStyles: (css) => addStyles(host.shadowRoot as ShadowRoot, css),
    dress({ theme, position, launcher, brand }) {
      if (theme) host.dataset.theme = theme
      if (position) root.dataset.position = position
      if (launcher !== undefined) root.dataset.launcher = `${launcher}`
      if (brand && CSS.supports('color', brand)) host.style.setProperty('--pl-brand', brand)
    },
  }
  element.dress({ position: root.dir === 'rtl' ? 'left' : 'right', ...settings })
  return element
}

/** Also anew: whatever leaves the page leaves the browser's top layer with it. */
export function moveIn(host: HTMLElement, home: Element | null): void {
  if (!host.isConnected) home?.append(host)
  if (host.popover) host.showPopover?.()
}

/**
 * Into the browser's own top layer, where there is one: no style of what is around a chat in the corner moves, hides or
 * colours it there. Once it is painted, because the browser then works out the style of the page, and it is seen without.
 */
export function raise(host: HTMLElement, moveIn: () => void): void {
  if (host.popover) return
  host.popover = 'manual'
  moveIn()
}

function createRoot(shadow: ShadowRoot): HTMLElement {
  // All in one, because every sheet costs the page a little.
  addStyles(shadow, tokensCss + elementCss + launcherCss)
  const root = document.createElement('div')
  root.className = 'pieces'
  root.dir = document.dir
  shadow.append(root)
  return root
}

function addStyles(shadow: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  shadow.adoptedStyleSheets.push(sheet)
}
