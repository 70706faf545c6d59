/** One visitor's use of the chat on this page: the SDK, which conversation is shown, and what the face needs to know of both. */
import type { Chat } from '../../protocol/chats.ts'
import type { NewMessage } from '../../protocol/events.ts'
import type { Conversation, FaceSDK } from '../../sdk/customer/face.ts'
import type { Storage } from '../../sdk/kit/environment.ts'
import { type Cell, createCell, type View } from '../../ui/view.ts'
import type { BeforeSend } from '../settings.ts'
import type { Visitor } from '../visitor.ts'
import { createDrafts, type Drafts } from './drafts.ts'

export interface Shown {
  /** Another number for each conversation that is brought up, so that nothing of the one before it stays on the screen. */
  readonly key: number
  readonly conversation: Conversation
  /** The visitor began the chat; it may still be on its way to the server. */
  readonly begun: boolean
}

export interface Session {
  readonly sdk: FaceSDK
  readonly drafts: Drafts
  /** What the visitor chose, where it may be kept. */
  readonly storage: Storage
  /** Whether a message may be heard. */
  readonly sound: Cell<boolean>
  readonly shown: View<Shown>
  /** Messages not seen yet, in all chats; undefined until it is known. */
  readonly unread: View<number | undefined>
  show(chat: string): void
  /** An empty conversation; the chat begins when the visitor writes. */
  showNew(): void
  /** Begins the chat that is shown without a message, so that an agent sees one being written. */
  begin(): void
  /** Failing is told under the message itself. Where there is no such chat for this visitor, what they say begins another. */
  say(conversation: Conversation, event: NewMessage): void
  /** The conversation to go on in where there is no such chat for this visitor; nothing of theirs stays behind. */
  instead(gone: Conversation): Conversation
  /** The site's own say in what is sent, where it has one. */
  readonly beforeSend: BeforeSend | undefined
  /** Keeps in mind where the visitor chatted, if they may be remembered by now. */
  remember(): void
  /** Follows nothing any more and tells of nothing; what is on its way may still arrive. */
  quiet(): void
  destroy(): void
}

interface Parts {
  readonly sdk: FaceSDK
  readonly storage: Storage
  readonly visitor: Pick<Visitor, 'lastChat' | 'remember'>
  readonly beforeSend?: () => BeforeSend | undefined
}

export function createSession({ sdk, storage, visitor, beforeSend }: Parts): Session {
  const { chats } = sdk
  const drafts = createDrafts(storage, sdk.ground)
  // Whoever may not be remembered is nobody we know.
  const lastChat = storage.durable ? visitor.lastChat : null
  const shown = createCell<Shown>({ key: 0, conversation: sdk.conversation(lastChat), begun: lastChat !== null })
  const unread = createCell<number | undefined>(undefined)
  const show = (chat: string | null) => {
    shown.set({ key: shown.state.key + 1, conversation: sdk.conversation(chat), begun: chat !== null })
  }

  // Until there is a chat we go by memory. Where that proves wrong the list decides, once, and never over what the visitor has begun.
  let settled = false
  const settle = (known: readonly Chat[]) => {
    settled = known.length > 0
    const { conversation, begun } = shown.state
    const { id, items } = conversation.state
    const isRemembered = id === lastChat
    const isWrong = settled ? known.every((chat) => chat.id !== id) : isRemembered
    if (!isWrong || items.length > 0 || (begun && !isRemembered)) return
    const to = known[0]?.id ?? null
    if (to) drafts.bring('new', to)
    show(to)
  }
  let isQuiet = false
  const remember = () => {
    const [newest] = chats.state.chats
    if (newest && storage.durable) visitor.remember(newest.id, sdk.unreadToken)
  }
  const update = () => {
    if (!chats.state.loaded) return
    if (!settled) settle(chats.state.chats)
    remember()
    let count = 0
    for (const chat of chats.state.chats) count += chat.unread_count
    // SEE7: of a part of the chats the sum says little, and has to do where the server cannot say more.
    if (!chats.state.has_more) return unread.set(count)
    const tell = (all: number) => isQuiet || unread.set(all)
    sdk.countUnread().then(
      ({ unread: all }) => tell(all),
      () => tell(count),
    )
  }
  const instead = (gone: Conversation) => {
    for (const { delivery, key } of gone.state.items as readonly { delivery?: string; key: string }[])
      if (delivery === 'failed') gone.discard(key)
    if (shown.state.conversation === gone) show(null)
    return shown.state.conversation
  }
  const say = (conversation: Conversation, event: NewMessage) => {
    conversation.send(event).catch(({ code }) => code === 'NOT_FOUND' && say(instead(conversation), event))
  }
  const stop = chats.subscribe(update)
  const quiet = () => {
    stop()
    isQuiet = true
    unread.set(0)
  }
  update()

  return {
    sdk,
    drafts,
    storage,
    sound: createCell(false),
    shown,
    unread,
    show,
    showNew: () => show(null),
    begin() {
      const { conversation } = shown.state
      shown.set({ ...shown.state, begun: true })
      // Refused for good, which leaves an invitation to write, as it was before.
      sdk.begin(conversation).catch(() => shown.state.conversation === conversation && show(null))
    },
    say,
    instead,
    get beforeSend() {
      return beforeSend?.()
    },
    remember,
    quiet,
    destroy() {
      quiet()
      sdk.destroy()
    },
  }
}
