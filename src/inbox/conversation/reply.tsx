/** Where an agent answers a chat: a reply that the customer gets, or a note that only agents see. */
import { useRef } from 'preact/hooks'
import type { MessageReferences } from '../../sdk/agent/types.ts'
import { Icon } from '../../ui/icon.tsx'
import { NOTE } from '../../ui/icons.ts'
import { words } from '../words.ts'
import type { Chat, Doing } from './chat.ts'
import { lastEditable } from './deeds.ts'
import { Writing } from './writing.tsx'

interface Props {
  readonly chat: Chat
  readonly active: boolean
  readonly doing: Doing
  readonly onDoing: (doing: Doing) => void
}

const text = words.conversation

function NoteToggle({ pressed, toggle }: { readonly pressed: boolean; readonly toggle: () => void }) {
  return (
    <button class="note-toggle" type="button" aria-pressed={pressed} onClick={toggle}>
      <Icon path={NOTE} size={16} />
      {text.note}
    </button>
  )
}

export function Reply({ chat, active, doing, onDoing }: Props) {
  const { desk, open } = chat
  const { id, items } = open.state.value
  const draft = desk.drafts.all.value.get(id) ?? { text: '', note: false }
  // What is for everyone shows no private note.
  const isNote = draft.note || doing.quoted?.visibility === 'agents'
  const box = useRef<HTMLTextAreaElement>(null)
  const write = (written: string) => {
    desk.drafts.write(id, { ...draft, text: written })
    desk.typing(id, written !== '' && !isNote)
  }
  const toggle = () => {
    desk.drafts.write(id, { ...draft, note: !isNote })
    if (isNote && doing.quoted?.visibility === 'agents') onDoing({})
    desk.typing(id, isNote && draft.text !== '')
    // What is typed next is the note, or the reply, and no shortcut.
    box.current?.focus()
  }
  const send = (written: string, more: MessageReferences) => {
    desk.drafts.write(id, { text: '', note: draft.note })
    desk.send(id, written, isNote, more)
  }
  const editLast = () => {
    const last = lastEditable(items)
    if (last) onDoing({ edited: last.event })
  }
  const hint = isNote ? text.noteHint : active ? text.replyHint : text.reopenHint

  return (
    <div class={isNote ? 'reply reply-note' : 'reply'}>
      <Writing
        chat={chat}
        doing={doing}
        items={items}
        box={box}
        text={draft.text}
        label={text.reply}
        placeholder={hint}
        onDoing={onDoing}
        onText={write}
        onSend={send}
        onBack={editLast}
      >
        <div class="reply-tools">
          <NoteToggle pressed={isNote} toggle={toggle} />
          <span class="reply-hint" role="status">
            {isNote ? text.noteOnly : ''}
          </span>
        </div>
      </Writing>
    </div>
  )
}
