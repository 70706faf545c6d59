/** What every component of the panel may reach: the session, the words, and the way out. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { View } from '../../ui/view.ts'
import type { Words } from '../words.ts'
import type { Session } from './session.ts'

interface Styled {
  readonly css: string
}

export interface Face {
  readonly session: Session
  readonly words: Words['panel']
  readonly closeWord: string
  readonly isOpen: View<boolean>
  /** A module that is loaded when it is first wanted, its styles in place. */
  load<M extends Styled>(module: (server: string) => Promise<M>): Promise<M>
  close(): void
  /** Moves the focus once what is asked for is drawn: whoever used a button that goes away must not be lost. */
  focusSoon(selector: string): void
}

/** Where the next message is written; without a chat, the word on why. */
export const COMPOSER = 'textarea, .problem'

export const FaceContext = createContext<Face | null>(null)

export function useFace(): Face {
  const face = useContext(FaceContext)
  if (!face) throw new Error('unable to draw; no face around it')
  return face
}
