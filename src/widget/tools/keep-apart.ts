/** Keeps a page's own scrolling, menus and shortcuts out of the chat. */

const OUR_OWN = ['wheel', 'touchmove', 'contextmenu'] as const

const stop = (event: Event) => event.stopPropagation()

/** For as long as the element lives; twice is as good as once. */
export function keepApart(panel: HTMLElement): void {
  const { host } = panel.getRootNode() as ShadowRoot
  for (const name of OUR_OWN) host.addEventListener(name, stop, { passive: true })
  // Who listens to keys on the way down cannot be kept from it, but asks whether something is being written.
  Object.defineProperty(host, 'isContentEditable', { get: () => true, configurable: true })
}
