/** `<porchlight-chat>`: the one element we put into a page, and the one place where its shadow root is made. */
import tokensCss from '../ui/tokens-launcher.css?inline'
import elementCss from './element.css?inline'
import type { Position, Settings, Theme } from './settings.ts'

export const NAME = 'porchlight-chat'
const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const

export interface ChatElement {
  readonly host: HTMLElement
  /** Inside the shadow root, around everything we draw. */
  readonly root: HTMLElement
  addStyles(css: string): void
  dress(look: { readonly theme?: Theme; readonly position?: Position | undefined }): void
  remove(): void
}

/** The element in the page: made by the loader and taken over by the widget, or made now. */
export function chatElement(settings: Settings): ChatElement {
  const known = document.querySelector<HTMLElement>(NAME)
  const host = known?.shadowRoot ? known : createHost()
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const root = shadow.querySelector<HTMLElement>('.pieces') ?? createRoot(shadow)
  const element: ChatElement = {
    host,
    root,
    addStyles: (css) => addStyles(shadow, css),
    dress: ({ theme, position }) => {
      if (theme) host.dataset.theme = theme
      if (position) root.dataset.position = position
    },
    remove: () => host.remove(),
  }
  const { theme, position = root.dir === 'rtl' ? 'left' : 'right' } = settings
  element.dress({ theme, position })
  return element
}

function createHost(): HTMLElement {
  const host = document.createElement(NAME)
  document.body.append(host)
  // What is typed in the chat is nobody else's shortcut.
  for (const name of KEY_EVENTS) host.addEventListener(name, (event) => event.stopPropagation())
  return host
}

function createRoot(shadow: ShadowRoot): HTMLElement {
  addStyles(shadow, tokensCss + elementCss)
  const root = document.createElement('div')
  root.className = 'pieces'
  root.dir = document.dir
  shadow.append(root)
  return root
}

function addStyles(shadow: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet]
}
