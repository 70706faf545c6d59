/** What a browser may do on the server's own pages: nearly nothing but talk to this server. */

/** A host that may stand in a header; anything else is left out. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i

/** What every page of ours keeps to. */
const STRICT = [
  "default-src 'none'",
  "script-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
]

/** Not every browser takes 'self' for the socket of the same host. */
const talkingTo = (host: string | null) => `connect-src 'self'${host !== null && HOST.test(host) ? ` ws://${host} wss://${host}` : ''}`

function inboxPolicy(host: string | null): string[] {
  const own = [
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
  ]
  return [...STRICT, talkingTo(host), ...own]
}

/** The page in an app's web view asks for tokens, and nothing else. */
const nativePolicy = () => [...STRICT, "connect-src 'self'", "form-action 'none'", "trusted-types 'none'"]

/** The chat alone: pictures that are about to be sent are read from memory. */
const chatPolicy = (host: string | null) => [
  ...STRICT,
  talkingTo(host),
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "form-action 'none'",
]

/** Nothing but words, and how they look. */
const docsPolicy = () => [
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]

const POLICIES: Readonly<Record<string, (host: string | null) => string[]>> = {
  inbox: inboxPolicy,
  native: nativePolicy,
  chat: chatPolicy,
  docs: docsPolicy,
}

export function pageHeaders(path: string, host: string | null): Readonly<Record<string, string>> {
  const policy = POLICIES[path.split('/', 1)[0] ?? '']
  if (!policy) return { 'referrer-policy': 'same-origin' }
  return {
    'content-security-policy': policy(host).join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  }
}
