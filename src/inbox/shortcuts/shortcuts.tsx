/** The list of keys, and the switch for people whose input makes single letters dangerous. */
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE } from '../../ui/icons.ts'
import type { Desk } from '../desk.ts'
import { SHORTCUTS } from '../keys.ts'
import { words } from '../words.ts'

const text = words.shortcuts
const FIXED = [
  ['Enter', text.enter],
  ['Shift + Enter', text.line],
  ['Esc', text.escape],
] as const

function Key({ name, means }: { readonly name: string; readonly means: string }) {
  return (
    <div class="key-row">
      <dt class="key-name">
        <kbd>{name}</kbd>
      </dt>
      <dd class="key-means">{means}</dd>
    </div>
  )
}

function Keys() {
  return (
    <dl class="keys">
      {SHORTCUTS.map(([key, command]) => (
        <Key key={key} name={key} means={text.commands[command]} />
      ))}
      {FIXED.map(([key, means]) => (
        <Key key={key} name={key} means={means} />
      ))}
    </dl>
  )
}

export function ShortcutsDialog({ desk }: { readonly desk: Desk }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const shown = desk.shortcuts.value
  useEffect(() => {
    if (shown) dialog.current?.showModal()
    else dialog.current?.close()
  }, [shown])

  return (
    <dialog class="shortcuts" ref={dialog} aria-labelledby="shortcuts-title" onClose={() => (desk.shortcuts.value = false)}>
      <header class="pane-head">
        <h2 class="pane-title" id="shortcuts-title">
          {text.title}
        </h2>
        <IconButton name={text.close} icon={CLOSE} onClick={() => (desk.shortcuts.value = false)} />
      </header>
      <Keys />
      <label class="switch">
        <input
          type="checkbox"
          checked={desk.singleKeys.value}
          onChange={(event) => {
            desk.singleKeys.value = event.currentTarget.checked
          }}
        />
        {text.use}
      </label>
    </dialog>
  )
}
