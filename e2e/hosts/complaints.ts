/** Everything a careful site owner would find in the console: errors, warnings and broken policies. */
import type { BrowserContext } from '@playwright/test'

/** What the browser itself writes when a visitor has no network, or leaves before a socket is open; no page can keep it from that. */
const OWN = /ERR_INTERNET_DISCONNECTED|WebSocket is closed before the connection is established/

export async function complaintsOf(context: BrowserContext): Promise<readonly string[]> {
  const all: string[] = []
  context.on('weberror', (error) => all.push(`error: ${error.error().message}`))
  context.on('console', (message) => {
    const complains = message.type() === 'error' || message.type() === 'warning'
    if (complains && !OWN.test(message.text())) all.push(`${message.type()}: ${message.text()}`)
  })
  await context.addInitScript(() => {
    const { error } = console
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      error(`violation: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`),
    )
  })
  return all
}
