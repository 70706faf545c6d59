/** A scrolling box in which nothing jumps: rows that come in above leave the reader's place alone, and a reader at the end stays at the end. */
import { Component, type ComponentChildren, createRef } from 'preact'

/** Nearer to an end than this, in pixels, more rows are asked for: about two screens of a phone. */
const NEAR = 1200
/** A reader this close to the end counts as being there. */
const END_SLACK = 32

interface ScrollBoxProps {
  readonly label: string
  /** Whether rows that come in now are news to be announced. */
  readonly announce: boolean
  /** Whether the reader is at the end and stays there; set it to take them there. */
  readonly following: boolean
  readonly children: ComponentChildren
  readonly onNearStart: () => void
  readonly onNearEnd: () => void
  readonly onFollow: (following: boolean) => void
}

interface Anchor {
  readonly row: Element
  readonly top: number
}

/** How much there is below what is seen. */
const below = (box: Element) => box.scrollHeight - box.clientHeight - box.scrollTop

export class ScrollBox extends Component<ScrollBoxProps> {
  readonly #box = createRef<HTMLDivElement>()
  readonly #content = createRef<HTMLDivElement>()
  #following = true
  /** Where the box was last known to stand. */
  #at = 0
  #resized: ResizeObserver | undefined

  override componentDidMount(): void {
    // The box shrinks when the composer grows, the content grows when a picture loads or someone types.
    this.#resized = new ResizeObserver(() => this.#settle(null))
    // Only some browsers let the keyboard into a scrolling box by themselves.
    if (this.#box.current) this.#box.current.tabIndex = 0
    for (const part of [this.#box.current, this.#content.current]) if (part) this.#resized.observe(part)
    this.#settle(null)
    this.#askForMore()
  }

  override componentWillUnmount(): void {
    this.#resized?.disconnect()
  }

  override getSnapshotBeforeUpdate(before: ScrollBoxProps): Anchor | null {
    const box = this.#box.current
    if (before.following !== this.props.following) this.#following = this.props.following
    if (!box || this.#follows(box)) return null
    const edge = box.getBoundingClientRect().top
    for (const row of box.querySelectorAll('[data-key]')) {
      const { top, bottom } = row.getBoundingClientRect()
      if (bottom > edge) return { row, top }
    }
    return null
  }

  override componentDidUpdate(_props: ScrollBoxProps, _state: object, anchor: Anchor | null): void {
    this.#settle(anchor)
    this.#askForMore()
  }

  #settle(anchor: Anchor | null): void {
    const box = this.#box.current
    if (!box) return
    if (this.#follows(box)) box.scrollTop = box.scrollHeight
    else if (anchor?.row.isConnected) box.scrollTop += anchor.row.getBoundingClientRect().top - anchor.top
    this.#at = box.scrollTop
  }

  /** A reader who has just scrolled up is gone from the end, whether the browser has told so yet or not. */
  #follows(box: Element): boolean {
    if (box.scrollTop < this.#at && below(box) >= END_SLACK) this.#following = false
    // A box that has grown was moved by the browser, which is not to be taken for the reader once rows have come in.
    this.#at = box.scrollTop
    return this.#following
  }

  #onScroll = (): void => {
    const box = this.#box.current
    if (!box) return
    this.#at = box.scrollTop
    this.#following = below(box) < END_SLACK
    if (this.#following !== this.props.following) this.props.onFollow(this.#following)
    this.#askForMore()
  }

  #askForMore(): void {
    const box = this.#box.current
    // Without a height everything is near; a hidden log must not load its whole history.
    if (!box || box.clientHeight === 0) return
    if (box.scrollTop < NEAR) this.props.onNearStart()
    if (below(box) < NEAR) this.props.onNearEnd()
  }

  render({ label, announce, children }: ScrollBoxProps) {
    return (
      <div
        ref={this.#box}
        class="scroll"
        role="log"
        aria-label={label}
        aria-live={announce ? 'polite' : 'off'}
        aria-relevant="additions"
        onScroll={this.#onScroll}
      >
        <div ref={this.#content} class="rows">
          {children}
        </div>
      </div>
    )
  }
}
