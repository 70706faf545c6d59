/** Puts the panel into the element, and opens and closes it: where the focus goes, and what the keys do. */
import { render } from 'preact'
import composerCss from '../../ui/composer.css?inline'
import { LanguageContext } from '../../ui/language.ts'
import logCss from '../../ui/log.css?inline'
import piecesCss from '../../ui/pieces.css?inline'
import { createCell, type View } from '../../ui/view.ts'
import type { ChatElement } from '../element.ts'
import { type Later, later } from '../later.ts'
import type { Speech } from '../speech.ts'
import { type Face, FaceContext, START, type Tools } from './face.ts'
import panelCss from './panel.css?inline'
import { Panel } from './panel.tsx'
import type { Session } from './session.ts'

export interface PanelParts {
  readonly element: ChatElement
  readonly session: Session
  readonly speech: Speech
  /** The address of the server. */
  readonly server: string
  /** It stands in the page like any other part of it. */
  readonly inline: boolean
  /** The visitor closed it, by button or by Escape. */
  readonly onClose: () => void
}

export interface MountedPanel {
  readonly isOpen: View<boolean>
  readonly load: Face['load']
  open(takeFocus: boolean): void
  close(): void
  remove(): void
}

export function mountPanel({ element, session, speech, server, inline, onClose }: PanelParts): MountedPanel {
  for (const css of [piecesCss, logCss, composerCss, panelCss, readersTextSize(element.host)]) element.addStyles(css)
  const box = createBox(inline ? 'region' : 'dialog')
  element.root.prepend(box)
  const isOpen = createCell(false)
  const tools = createCell<Partial<Tools>>({})
  const focus = (selector: string) => box.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
  const focused = () => (element.host.getRootNode() as Document).activeElement
  // Unless the focus has gone elsewhere in the page meanwhile.
  const isHere = (before?: Element | null) => [null, document.body, element.host, before].includes(focused())
  const focusSoon = (selector: string) => void setTimeout(() => isHere() && focus(selector))
  const load = async (name: keyof Later) => {
    const [module] = await Promise.all([later(name, server), speech.learn()])
    if ('css' in module) element.addStyles(module.css)
    return module
  }
  const face = { session, isOpen, tools, close: onClose, focusSoon, load: load as Face['load'], ...createTold() }
  let drawn = false
  const draw = () => {
    if (!drawn) return
    const { words, locale, dir } = speech.state
    const { pieces, launcher, panel, more } = words
    Object.assign(box, { lang: locale, dir, ariaLabel: panel.chat })
    render(
      <LanguageContext.Provider value={{ locale, words: { ...pieces, ...more } }}>
        <FaceContext.Provider value={{ ...face, words: { ...panel, ...more }, closeWord: launcher.closeChat }}>
          <Panel />
        </FaceContext.Provider>
      </LanguageContext.Provider>,
      box,
    )
  }
  /** The visitor opened the panel, and the focus is not there yet: where it was. */
  let due: Element | null | false = false
  /** From now on, in English if it must be. */
  const begin = () => {
    if (!drawn && box.parentNode) {
      drawn = true
      draw()
    }
    if (due !== false && isOpen.state && isHere(due)) focus(START)
    due = false
  }
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) onClose()
  })
  // Another conversation has other controls: whoever loses the one they were at goes on writing.
  const isInside = () => box.matches(':focus-within')
  const followFocus = () => isInside() && setTimeout(() => isInside() || focusSoon(START))
  const stops = [speech.subscribe(draw), session.shown.subscribe(followFocus)]
  let release = () => {}
  const turn = (open: boolean) => {
    box.classList.toggle('open', open)
    isOpen.set(open)
    release()
    if (!open || inline || !matchMedia(SMALL).matches) return
    face.load('phone').then(
      ({ fillScreen }) => {
        release()
        if (isOpen.state) release = fillScreen(box, onClose)
      },
      () => undefined,
    )
  }
  return {
    isOpen,
    load: face.load,
    open(takeFocus) {
      turn(true)
      due = takeFocus && focused()
      // At once if it can be: a phone shows its keyboard only within the tap that asked for it.
      if (drawn || speech.state.known) begin()
      else {
        setTimeout(begin, PATIENCE_MS)
        speech.learn().then(begin, begin)
      }
      // What fails now is tried anew when the panel opens again.
      for (const name of ['tools', 'body'] as const)
        face.load(name).then(
          (found) => tools.set({ ...tools.state, ...found }),
          () => undefined,
        )
    },
    close: () => turn(false),
    remove() {
      for (const stop of stops) stop()
      turn(false)
      render(null, box)
      box.remove()
    },
  }
}

/** Where the panel covers the page, or may when the device is turned. */
const SMALL = '(max-width: 479.98px), (pointer: coarse)'
/** How long the visitor's own language is waited for before English has to do. */
const PATIENCE_MS = 2_000
/** Long enough to be read. */
const TOLD_MS = 6_000

function createTold(): Pick<Face, 'told' | 'tell'> {
  const told = createCell('')
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    told,
    tell(what) {
      told.set(what)
      clearTimeout(timer)
      timer = setTimeout(() => told.set(''), TOLD_MS)
    },
  }
}

function createBox(role: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'panel'
  box.setAttribute('role', role)
  return box
}

/**
 * `rem` belongs to the page, which may have set it to anything; what our reset leaves is what the reader chose in the
 * browser. Asked for only now, because an answer makes the browser work out the style of the whole page.
 */
function readersTextSize(host: HTMLElement): string {
  return `:host{--pl-rem:${getComputedStyle(host).fontSize}}`
}
