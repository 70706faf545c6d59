/** What every component of the panel may reach: the session, the words, and the way out. */
import { type ComponentType, createContext, type RefObject } from 'preact'
import { useContext } from 'preact/hooks'
import type { Conversation, ConversationState } from '../../sdk/customer/face.ts'
import type { BodyProps } from '../../ui/body.tsx'
import type { EventItem } from '../../ui/log-item.ts'
import type { Cell, View } from '../../ui/view.ts'
import type { Later } from '../later.ts'
import type { Doing } from '../tools/doing.ts'
import type { Words } from '../words.ts'
import type { Session } from './session.ts'

interface Styled {
  readonly css?: string
}

export interface ToolProps {
  readonly conversation: Conversation
  readonly state: ConversationState
  /** Files that go with the next message. */
  readonly attached: Cell<readonly File[]>
}

export interface KeyProps extends ToolProps {
  readonly box: RefObject<HTMLTextAreaElement | null>
  readonly begun: boolean
  /** What the visitor has written, and not what was there when they came. */
  readonly typed: string | undefined
}

/** For a message that stands among replies: those. */
export interface Among {
  readonly replies?: View<{ readonly items: readonly EventItem[] }>
}

/** What a chat gains as soon as it is loaded, and can do without. */
export interface Tools extends Styled {
  /** What a message says, in all its forms, and what hangs on it. */
  readonly Body: ComponentType<BodyProps & Among>
  /** In the place of a chat that cannot be. */
  readonly Problem: ComponentType<{ readonly focus: boolean }>
  /** In the head of the chat. */
  readonly Actions: ComponentType<ToolProps>
  /** Below the last message. */
  readonly End: ComponentType<Pick<ToolProps, 'conversation' | 'state'>>
  /** Between the log and the place to write. */
  readonly Foot: ComponentType<ToolProps>
  /** Beside the text. */
  readonly Keys: ComponentType<KeyProps>
  /** What goes out with a text: what it quotes, whom it names; files on their own. */
  goAlong(face: Face, chat: ToolProps, text: string): object
  /** What the visitor is doing with the messages of a chat. */
  doingOf(conversation: Conversation): Doing
  /** Brings a message into view, by the id of its event; resolves with whether it was found. */
  showMessage(log: Element, id: string): Promise<boolean>
  /** Who of the chat is there, by their ids. */
  readonly online?: ReadonlySet<string>
}

export interface Face {
  readonly session: Session
  readonly words: Words['panel'] & Words['more']
  readonly closeWord: string
  readonly isOpen: View<boolean>
  /** As far as they are there. */
  readonly tools: Cell<Partial<Tools>>
  /** What was last told, until it has been read. */
  readonly told: View<string>
  /** Says something for a moment, by eye and by ear. */
  tell(what: string): void
  /** A module that is loaded when it is first wanted, its styles in place. */
  load<N extends keyof Later>(name: N): Promise<Awaited<ReturnType<Later[N]>>>
  close(): void
  /** Moves the focus once what is asked for is drawn: whoever used a button that goes away must not be lost. */
  focusSoon(selector: string): void
}

/** Where one goes on: where the next message is written; without a chat, the word on why; at home, the newest chat, or the way to one. */
export const START = '.composer textarea, .problem, .chat, .home .foot button'

export const FaceContext = createContext<Face | null>(null)

export function useFace(): Face {
  const face = useContext(FaceContext)
  if (!face) throw new Error('unable to draw; no face around it')
  return face
}
