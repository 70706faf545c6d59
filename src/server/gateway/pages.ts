/** What a browser may do on the server's own pages: the inbox nearly nothing but talk to this server. */

/** A host that may stand in a header; anything else is left out. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i

const inboxPolicy = (host: string | null): string => {
  // Not every browser takes 'self' for the socket of the same host.
  const sockets = host !== null && HOST.test(host) ? ` ws://${host} wss://${host}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self'${sockets}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

export function pageHeaders(path: string, host: string | null): Readonly<Record<string, string>> {
  if (!path.startsWith('inbox/')) return { 'referrer-policy': 'same-origin' }
  return {
    'content-security-policy': inboxPolicy(host),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  }
}
