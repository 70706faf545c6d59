/** Closing chats: at once by the button, and after a moment to call it off by a key, which may have been meant for a field. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import { words } from './words.ts'

export interface Closing {
  /** The chat that is being closed, which takes as long as the connection is away. */
  readonly closing: ReadonlySignal<string | null>
  /** The chat that is closed in a moment unless it is called off. */
  readonly closingSoon: ReadonlySignal<string | null>
  /** Closes the chat that is selected. */
  closeChat(): Promise<void>
  closeChatSoon(): void
  keepOpen(): void
}

interface Parts {
  readonly sdk: Pick<AgentSDK, 'closeChat'>
  readonly selected: ReadonlySignal<string | null>
  readonly problem: Signal<string | null>
  readonly stops: (() => void)[]
}

/** Long enough to notice and to reach the button. */
export const UNDO_MS = 8_000

export function createClosing({ sdk, selected, problem, stops }: Parts): Closing {
  const closing = signal<string | null>(null)
  const closingSoon = signal<string | null>(null)
  let grace: ReturnType<typeof setTimeout> | undefined

  const keepOpen = () => {
    clearTimeout(grace)
    closingSoon.value = null
  }
  async function close(chat: string | null) {
    if (chat === null || closing.value === chat) return
    if (closingSoon.value === chat) keepOpen()
    problem.value = null
    closing.value = chat
    try {
      await sdk.closeChat(chat)
    } catch {
      if (selected.value === chat) problem.value = words.conversation.closeFailed
    }
    if (closing.value === chat) closing.value = null
  }
  stops.push(keepOpen)

  return {
    closing,
    closingSoon,
    keepOpen,
    closeChat: () => close(selected.value),
    closeChatSoon() {
      const chat = selected.value
      if (chat === closingSoon.value) return
      // Whoever goes on to close the next one has not missed the first.
      void close(closingSoon.value)
      closingSoon.value = chat
      grace = setTimeout(() => void close(chat), UNDO_MS)
    },
  }
}
