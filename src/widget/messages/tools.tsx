/** What can be done with the messages of a log. */
import { useEffect } from 'preact/hooks'
import type { TimelineItem } from '../../sdk/customer/face.ts'
import { MessageTools } from '../../ui/message-tools.tsx'
import { type ToolProps, useFace } from '../app/face.ts'
import { BOX, type Writing } from '../tools/doing.ts'
import { react } from '../tools/react.ts'
import { carryOut, deedsOf, lastEditable, mayAct } from './deeds.ts'

interface ToolsProps extends Pick<ToolProps, 'conversation' | 'state'> {
  readonly place: HTMLElement
  readonly items: readonly TimelineItem[]
  readonly writing: Writing
  readonly amongReplies?: boolean
}

export function Tools({ conversation, state, place, items, writing, amongReplies = false }: ToolsProps) {
  const face = useFace()
  const { me } = face.session.sdk
  // From where nothing is written the arrow up leads to one's own last message; Escape lets go of what is quoted.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const box = place.querySelector<HTMLTextAreaElement>(BOX)
      // Where names are being chosen from, the keys are theirs.
      if (event.target !== box || event.isComposing || box?.hasAttribute('aria-activedescendant')) return
      const last = event.key === 'ArrowUp' && !event.shiftKey && box?.value === '' ? lastEditable(items) : undefined
      if (last) writing.edited.set(last.event)
      else if (event.key === 'Escape' && writing.quoted.state) writing.quoted.set(undefined)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    const options = { capture: true }
    place.addEventListener('keydown', press, options)
    return () => place.removeEventListener('keydown', press, options)
  }, [place, items, writing])
  const loadPicker = async () => {
    try {
      return (await face.load('emoji')).Picker
    } catch {
      face.tell(face.words.notHere)
      return undefined
    }
  }
  return (
    <MessageTools
      place={place}
      items={items}
      me={me}
      deedsOf={(item) => deedsOf(item, mayAct(item, me, state), amongReplies)}
      mayReact={(item) => mayAct(item, me, state)}
      loadPicker={loadPicker}
      onReact={({ event }, emoji) => void react(face, conversation, event, emoji)}
      onDeed={(deed, item) => carryOut(face, { conversation, place, writing }, deed, item)}
    />
  )
}
