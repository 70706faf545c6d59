/** Puts the panel into the element, and opens and closes it: where the focus goes, and what the keys do. */
import { render } from 'preact'
import composerCss from '../../ui/composer.css?inline'
import { LanguageContext } from '../../ui/language.ts'
import logCss from '../../ui/log.css?inline'
import piecesCss from '../../ui/pieces.css?inline'
import { createCell, type View } from '../../ui/view.ts'
import type { ChatElement } from '../element.ts'
import type { Words } from '../words.ts'
import { COMPOSER, type Face, FaceContext } from './face.ts'
import { fitToViewport } from './fit.ts'
import { keepFocusInside } from './focus.ts'
import panelCss from './panel.css?inline'
import { Panel } from './panel.tsx'
import type { Session } from './session.ts'

export interface PanelParts {
  readonly element: ChatElement
  readonly session: Session
  readonly words: Words
  readonly locale: string
  /** The address of the server. */
  readonly server: string
  /** The visitor closed it, by button or by Escape. */
  readonly onClose: () => void
}

export interface MountedPanel {
  readonly isOpen: View<boolean>
  open(takeFocus: boolean): void
  close(): void
  remove(): void
}

export function mountPanel({ element, session, words, locale, server, onClose }: PanelParts): MountedPanel {
  for (const css of [piecesCss, logCss, composerCss, panelCss, readersTextSize(element.host)]) element.addStyles(css)
  const box = createBox(words.panel.chat)
  element.root.prepend(box)
  const isOpen = createCell(false)
  const focus = (selector: string) => box.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
  const focusSoon = (selector: string) => void setTimeout(() => focus(selector))
  const styled = new Set<unknown>()
  const load: Face['load'] = async (get) => {
    const module = await get(server)
    if (!styled.has(get)) element.addStyles(module.css)
    styled.add(get)
    return module
  }
  const face: Face = { session, words: words.panel, closeWord: words.launcher.closeChat, isOpen, close: onClose, focusSoon, load }
  render(
    <LanguageContext.Provider value={{ locale, words: words.pieces }}>
      <FaceContext.Provider value={face}>
        <Panel />
      </FaceContext.Provider>
    </LanguageContext.Provider>,
    box,
  )
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) onClose()
    else keepFocusInside(box, event)
  })
  const stopFitting = fitToViewport(box)
  const turn = (open: boolean) => {
    box.classList.toggle('open', open)
    isOpen.set(open)
  }
  return {
    isOpen,
    open(takeFocus) {
      turn(true)
      // At once, not later: a phone shows its keyboard only within the tap that asked for it.
      if (takeFocus) focus(COMPOSER)
    },
    close: () => turn(false),
    remove() {
      stopFitting()
      render(null, box)
      box.remove()
    },
  }
}

function createBox(name: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'panel'
  box.setAttribute('role', 'dialog')
  box.setAttribute('aria-label', name)
  return box
}

/**
 * `rem` belongs to the page, which may have set it to anything; what our reset leaves is what the reader chose in the
 * browser. Asked for only now, because an answer makes the browser work out the style of the whole page.
 */
function readersTextSize(host: HTMLElement): string {
  return `:host{--pl-rem:${getComputedStyle(host).fontSize}}`
}
