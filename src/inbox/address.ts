/** What the address's fragment asks for: a chat to open, or a sign-in secret to use once. */

export interface Address {
  readonly chat: string | null
  readonly signIn: string | null
}

export function readAddress(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  return { chat: fields.get('chat') || null, signIn: fields.get('sign-in') || null }
}

export const chatAddress = (chat: string) => `#chat=${encodeURIComponent(chat)}`
