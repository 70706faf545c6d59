/** What an event says, drawn with all there is to draw it: formatted text, a picture, a file. */
import type { Event } from '../protocol/events.ts'
import type { ShownFile } from '../protocol/files.ts'
import { FileView } from './file.tsx'
import { RichText } from './rich-text.tsx'

export interface BodyProps {
  readonly event: Event
}

export function Body({ event }: BodyProps) {
  return event.url ? <FileView {...(event as ShownFile)} /> : <RichText text={event.text ?? ''} />
}

/** The same where nothing more is at hand. */
export function PlainBody({ event }: BodyProps) {
  return <div dir="auto">{event.text ?? event.name}</div>
}
