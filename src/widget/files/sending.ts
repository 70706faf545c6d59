/** Sends files, and knows of each how far it has come. What is under way goes on when another chat is shown. */
import type { Conversation } from '../../sdk/customer/face.ts'
import { createFiles } from '../../sdk/customer/files.ts'
import { type Cell, createCell, type View } from '../../ui/view.ts'
import type { Session } from '../app/session.ts'

export interface Sending {
  readonly file: File
  /** From 0 to 1. */
  readonly progress: number
  /** Why it ended without success: another try may help, or none will. */
  readonly failed?: 'again' | 'never' | undefined
  /** Not sent after all, as far as it can still be helped. */
  cancel(): void
  retry(): void
}

const sendings = new WeakMap<Conversation, Cell<readonly Sending[]>>()

const cellOf = (conversation: Conversation): Cell<readonly Sending[]> => {
  const cell = sendings.get(conversation) ?? createCell<readonly Sending[]>([])
  sendings.set(conversation, cell)
  return cell
}

export const sendingsOf: (conversation: Conversation) => View<readonly Sending[]> = cellOf

export function send(session: Session, conversation: Conversation, files: readonly File[]): void {
  const { state } = conversation
  // A file needs a chat to go to; whoever begins with one begins the chat.
  if (state.provisional && state.items.length === 0) session.begin()
  // They arrive in the order they were attached in: each sets out when the one before has arrived, or will not.
  let before: Promise<unknown> = Promise.resolve()
  for (const file of files) before = sendOne(session, conversation, file, before)
}

function sendOne(session: Session, conversation: Conversation, file: File, before: Promise<unknown>): Promise<unknown> {
  const cell = cellOf(conversation)
  let entry: Sending | undefined
  const put = (next: Sending | undefined) => {
    const others = cell.state
    const was = entry
    entry = next
    if (was) cell.set(others.flatMap((other) => (other === was ? (next ?? []) : other)))
    else if (next) cell.set([...others, next])
  }
  const begin = () => {
    const done = createFiles(session.sdk.ground).sendFile(
      conversation.state.id,
      { file },
      { onProgress: (progress) => entry && put({ ...entry, progress }) },
    )
    put({ file, progress: 0, cancel: done.cancel, retry: begin })
    return done.then(
      () => put(undefined),
      ({ code, retryable }: { readonly code?: string; readonly retryable?: boolean }) => {
        const moves = code === 'NOT_FOUND'
        const gone = moves || code === 'CANCELLED' || code === 'SDK_DESTROYED' || code === 'IDENTITY_CHANGED'
        put(gone ? undefined : { file, progress: 0, failed: retryable ? 'again' : 'never', cancel: () => put(undefined), retry: begin })
        if (moves) send(session, session.instead(conversation), [file])
      },
    )
  }
  put({ file, progress: 0, cancel: () => put(undefined), retry: begin })
  return before.then(() => entry && begin())
}
