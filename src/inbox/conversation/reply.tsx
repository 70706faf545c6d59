/** Where an agent writes: a reply that the customer gets, or a note that only agents see. */
import { useRef } from 'preact/hooks'
import { Composer } from '../../ui/composer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { NOTE } from '../../ui/icons.ts'
import type { Desk } from '../desk.ts'
import { words } from '../words.ts'

interface Props {
  readonly desk: Desk
  readonly chat: string
  readonly active: boolean
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

export function Reply({ desk, chat, active }: Props) {
  const draft = desk.drafts.all.value.get(chat) ?? { text: '', note: false }
  const box = useRef<HTMLTextAreaElement>(null)
  const write = (written: string) => {
    desk.drafts.write(chat, { ...draft, text: written })
    desk.typing(chat, written !== '' && !draft.note)
  }
  const toggle = () => {
    desk.drafts.write(chat, { ...draft, note: !draft.note })
    desk.typing(chat, draft.note && draft.text !== '')
    // What is typed next is the note, or the reply, and no shortcut.
    box.current?.focus()
  }
  const send = (written: string) => {
    desk.drafts.write(chat, { text: '', note: draft.note })
    desk.send(chat, written, draft.note)
  }
  const hint = draft.note ? text.noteHint : active ? text.replyHint : text.reopenHint

  return (
    <div class={draft.note ? 'reply reply-note' : 'reply'}>
      <Composer input={box} text={draft.text} label={text.reply} placeholder={hint} onText={write} onSend={send} />
      <div class="reply-tools">
        <NoteToggle pressed={draft.note} toggle={toggle} />
        <span class="reply-hint" role="status">
          {draft.note ? text.noteOnly : ''}
        </span>
      </div>
    </div>
  )
}
