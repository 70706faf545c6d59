/** A widget in a page: the launcher, the panel when it is wanted, and the session when there is a reason for one. */
import tokensCss from '../ui/tokens.css?inline'
import type { Changes, WidgetEvents } from './api.ts'
import { type MountedPanel, mountPanel } from './app/mount.tsx'
import { createSession, type Session } from './app/session.ts'
import { connect } from './connect.ts'
import { type ChatElement, chatElement } from './element.ts'
import { badgeOn } from './launcher/badge.ts'
import { type Launcher, launcherOf } from './launcher/launcher.ts'
import { keepInPage, whenIdle } from './page.ts'
import { complain, type Settings } from './settings.ts'
import { createSpeech, type Speech } from './speech.ts'
import { type Visitor, visitorOf } from './visitor.ts'
import type { Language } from './words.ts'

export type Tell = <N extends keyof WidgetEvents>(name: N, data: WidgetEvents[N]) => void

export class Widget {
  readonly #settings: Settings
  readonly #tell: Tell
  readonly #visitor: Visitor
  readonly #element: ChatElement
  readonly #launcher: Launcher
  readonly #speech: Speech
  readonly #setBadge: ReturnType<typeof badgeOn>
  readonly #stops: (() => void)[] = []
  /** Whether the visitor may be remembered. */
  #mayStore: boolean
  #session: Session | undefined
  #panel: MountedPanel | undefined
  #unread = 0

  constructor(settings: Settings, tell: Tell) {
    this.#settings = settings
    this.#tell = tell
    this.#visitor = visitorOf(settings.license, settings.clientId)
    this.#element = chatElement(settings)
    this.#speech = createSpeech(settings.locale, undefined, settings.server)
    this.#element.addStyles(tokensCss)
    this.#launcher = launcherOf(this.#element, this.#speech.state.words.launcher)
    this.#setBadge = badgeOn(this.#launcher.button, this.#element)
    this.#launcher.button.addEventListener('click', this.#clicked)
    this.#stops.push(
      () => this.#launcher.button.removeEventListener('click', this.#clicked),
      keepInPage(this.#element.host),
      this.#speech.subscribe(this.#speak),
    )
    const isKnown = settings.consent !== 'required' && this.#visitor.lastChat !== null
    this.#mayStore = settings.consent === 'granted' || isKnown
    this.#begin(isKnown)
  }

  get isOpen(): boolean {
    return this.#panel?.isOpen.state === true
  }

  get isHidden(): boolean {
    return this.#element.host.hidden !== false
  }

  get unread(): number {
    return this.#unread
  }

  open(): void {
    // Opening is the visitor's act; where no other consent is asked for, it is their yes to being remembered.
    if (this.#settings.consent === 'none') this.#allowStorage()
    this.#open(true)
  }

  close = (): void => {
    if (!this.isOpen) return
    this.#launcher.setOpen(false)
    this.#panel?.close()
    this.#launcher.button.focus({ preventScroll: true })
    this.#tell('close', undefined)
  }

  show(): void {
    this.#element.host.hidden = false
  }

  hide(): void {
    this.close()
    this.#element.host.hidden = true
  }

  update({ consent, ...look }: Changes): void {
    this.#element.dress(look)
    if (consent) this.#allowStorage()
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    this.#panel?.remove()
    this.#session?.destroy()
    this.#element.remove()
  }

  #begin(isKnown: boolean): void {
    const { open, load } = this.#settings
    if (open) this.#open(false)
    else if (load === 'eager') this.#startSession()
    else if (load === 'idle' || isKnown) this.#stops.push(whenIdle(() => this.#startSession()))
  }

  #clicked = (): void => (this.isOpen ? this.close() : this.open())

  /** `focus`: the visitor asked for it. A panel that opens by itself leaves the focus where it is. */
  #open(focus: boolean): void {
    if (this.isOpen) return
    this.show()
    this.#launcher.setOpen(true)
    this.#mount().open(focus)
    this.#tell('open', undefined)
  }

  #mount(): MountedPanel {
    this.#panel ??= mountPanel({
      element: this.#element,
      session: this.#startSession(),
      speech: this.#speech,
      server: this.#settings.server,
      onClose: this.close,
    })
    return this.#panel
  }

  #startSession(): Session {
    if (this.#session) return this.#session
    const session = createSession({ ...connect(this.#settings, this.#mayStore), visitor: this.#visitor })
    this.#session = session
    let before = session.unread.state
    const count = (now: number | undefined) => {
      // What was unread already when the page was loaded is no news.
      if (now !== undefined && before !== undefined && now > before && (document.hidden || !this.isOpen)) this.#notice(session)
      before = now
      this.#countUnread(now)
    }
    this.#stops.push(session.unread.subscribe(count))
    this.#countUnread(session.unread.state)
    const { sdk } = session
    sdk.onRefusal((reason) => complain(`${reason}; check data-license, data-client-id, and that the client allows ${location.origin}`))
    sdk.connect()
    return session
  }

  #allowStorage(): void {
    if (this.#mayStore) return
    this.#mayStore = true
    if (this.#session) void this.#session.allowStorage()
    else if (this.#visitor.lastChat !== null) this.#startSession()
  }

  #notice(session: Session): void {
    const noticed = { session, element: this.#element, isOpen: () => this.isOpen, open: () => this.open() }
    this.#mount()
      .load('notice')
      .then(
        ({ notice }) => notice({ ...noticed, language: this.#speech.state }),
        () => undefined,
      )
  }

  #speak = ({ words }: Language): void => {
    this.#launcher.speak(words.launcher)
    this.#setBadge(this.#unread, words.panel)
  }

  #countUnread(count = 0): void {
    if (count === this.#unread) return
    this.#unread = count
    // In English until the words are there.
    this.#speech.learn().catch(() => undefined)
    this.#speak(this.#speech.state)
    this.#tell('unread', count)
  }
}
