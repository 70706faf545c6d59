/** A widget in a page: the launcher, and the panel when it is wanted. */
import type { Verbs, WidgetEvents } from './api.ts'
import { type MountedPanel, mountPanel } from './app/mount.tsx'
import type { Session } from './app/session.ts'
import { moveIn, raise } from './element.ts'
import { later } from './later.ts'
import { showUnread } from './launcher/badge.ts'
import { INTENTS, launcherOf, show } from './launcher/launcher.ts'
import { showOpening } from './launcher/opening.ts'
import { keepInPage, whenPainted } from './page.ts'
import { homeOf, settle } from './place.ts'
import type { Settings } from './settings.ts'
import { createSpeech } from './speech.ts'
import { createVisit } from './visit.ts'
import type { OwnWords } from './words.ts'

export type Tell = <N extends keyof WidgetEvents>(name: N, data: WidgetEvents[N]) => void

/** The verbs of one that stands. Whoever calls them waits for what they return. */
export type Acts = { readonly [V in Exclude<keyof Verbs, 'init' | 'on' | 'off'>]: (...given: Parameters<Verbs[V]>) => unknown }

export interface Widget extends Acts {
  readonly isOpen: boolean
  readonly isHidden: boolean
  readonly unread: number
}

/** What visitors do first in a panel that has opened by itself. */
const FIRST_ACTS = ['pointerdown', 'focusin'] as const

export function createWidget(given: Settings, tell: Tell): Widget {
  let settings = given
  let panel: MountedPanel | undefined
  let unread = 0
  let isGone = false
  /** What had the focus before the panel took it. */
  let back: HTMLElement | undefined
  const element = settle(settings)
  const { host } = element
  const button = launcherOf(element, settings.icon)
  const speech = createSpeech(settings.locale, settings.words as OwnWords, settings.server)
  const stops: (() => void)[] = []

  function speak() {
    const { words } = speech.state
    showOpening(widget.isOpen, words.launcher, button, element)
    showUnread(unread, words.panel, button, element)
  }

  /** In English until the words are there. */
  const learn = () => void speech.learn().catch(() => undefined)

  function countUnread(count = 0) {
    if (count === unread) return
    unread = count
    learn()
    speak()
    tell('unread', count)
  }

  /** A new session counts anew: what was unread already is no news. */
  function follow(session: Session) {
    let before = session.unread.state
    const count = (now: number | undefined) => {
      if (now !== undefined && before !== undefined && now > before && (document.hidden || !widget.isOpen)) notice(session)
      before = now
      countUnread(now)
    }
    session.unread.subscribe(count)
    countUnread(before)
  }

  function notice(session: Session) {
    const noticed = { session, element, isOpen: () => widget.isOpen, open: widget.open }
    mount()
      .load('notice')
      .then(
        (module) => module.notice({ ...noticed, language: speech.state }),
        () => undefined,
      )
  }

  const visit = createVisit(settings, { beforeSend: () => settings.beforeSend, begun: follow, replaced: redraw })

  function mount(): MountedPanel {
    const { server, container } = settings
    stand()
    panel ??= mountPanel({ element, session: visit.session(), speech, server, inline: !!container, onClose: widget.close })
    return panel
  }

  /** For another customer. */
  function redraw() {
    const { isOpen } = widget
    const hadFocus = host.matches(':focus-within')
    panel?.remove()
    panel = undefined
    if (isOpen) mount().open(hadFocus)
  }

  function ifAllowed(open: () => void): unknown {
    const { beforeOpen } = settings
    if (!beforeOpen) return open()
    return Promise.resolve()
      .then(beforeOpen)
      .then((isAllowed) => isAllowed !== false && host.isConnected && open())
  }

  /** `focus`: the visitor asked for it. A panel that opens by itself leaves the focus where it is. */
  function open(focus: boolean) {
    if (widget.isOpen) return
    // Where the site has a button of its own, that. A page may hide `document.activeElement` behind an element of that name.
    const focused = document.querySelector<HTMLElement>(':focus')
    back = focused && focused !== host ? focused : button
    widget.show()
    mount().open(focus)
    speak()
    tell('open', undefined)
  }

  /** Nothing is asked of the server, or stored, before the visitor does something in it. */
  function openUnasked() {
    open(false)
    for (const act of FIRST_ACTS) host.addEventListener(act, visit.act, { once: true })
  }

  /** Without its looks a chat in the corner has to do. */
  function drawInline() {
    const begin = () => host.isConnected && openUnasked()
    later('inline', settings.server).then(({ css }) => {
      element.addStyles(css)
      begin()
    }, begin)
  }

  const widget: Widget = {
    get isOpen() {
      return panel?.isOpen.state === true
    },
    get isHidden() {
      return host.hidden !== false
    },
    get unread() {
      return unread
    },
    open: () =>
      ifAllowed(() => {
        visit.act()
        open(true)
      }),
    close() {
      if (!widget.isOpen || settings.container) return
      const hadFocus = host.matches(':focus-within')
      panel?.close()
      speak()
      if (hadFocus) back?.focus({ preventScroll: true })
      tell('close', undefined)
    },
    toggle: () => (widget.isOpen ? widget.close() : widget.open()),
    show() {
      host.hidden = false
    },
    hide() {
      widget.close()
      host.hidden = true
    },
    identify: (token) => visit.call('identify', token),
    logout: () => visit.call('logout'),
    update({ consent, ...look }) {
      settings = { ...settings, ...look }
      element.dress(look)
      show(button, look.icon)
      if (look.locale || look.words) {
        speech.choose(settings.locale, settings.words as OwnWords)
        if (panel || unread) learn()
      }
      return visit.consent(consent)
    },
    track: (...event) => visit.track(event),
    destroy(options) {
      isGone = true
      for (const stop of stops) stop()
      panel?.remove()
      host.remove()
      return visit.end(options?.storage)
    },
  }

  /** All that the launcher is seen without. */
  function stand() {
    if (stops.length || isGone) return
    const stayIn = () => moveIn(host, homeOf(settings))
    stops.push(keepInPage(host, stayIn), speech.subscribe(speak))
    if (!settings.container) raise(host, stayIn)
    speak()
    for (const intent of INTENTS) button.addEventListener(intent, learn, { passive: true })
  }

  // In the place of what the loader does.
  button.onclick = widget.toggle
  if (settings.container) drawInline()
  else if (settings.open) ifAllowed(openUnasked)
  whenPainted(stand)
  visit.begin()
  return widget
}
