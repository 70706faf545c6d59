/** What an agent may safely click of the address that a customer's browser claims to be on. */

export interface PageLink {
  readonly href: string
  /** Without scheme and query, which seldom tell an agent anything. */
  readonly label: string
}

/** Null when it is not a web address: the customer's side says what it likes, `javascript:` included. */
export function linkOf(url: string): PageLink | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  return { href, label: pathname === '/' ? host : host + readable(pathname) }
}

/** `%20` and the like as the letters they stand for, where they do stand for some. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
