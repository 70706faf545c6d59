/** Carries out what the keys ask for. */
import { useEffect } from 'preact/hooks'
import { chatAddress, readAddress } from './address.ts'
import type { Desk } from './desk.ts'
import { type Command, commandOf, isField } from './keys.ts'

const focusOn = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()

/** Walking through the list replaces the address, so that Back leads out of the inbox and not through every chat. */
function step(desk: Desk, by: 1 | -1) {
  const chat = desk.step(by)
  if (chat === null) return
  history.replaceState(null, '', chatAddress(chat))
  desk.select(chat)
}

/** A note stays a note until its author says otherwise where it can be seen. */
function startNote(desk: Desk) {
  const chat = desk.selected.value
  if (chat === null) return
  desk.drafts.write(chat, { ...desk.drafts.of(chat), note: true })
  focusOn('.reply textarea')
}

const COMMANDS: Record<Command, (desk: Desk) => unknown> = {
  next: (desk) => step(desk, 1),
  previous: (desk) => step(desk, -1),
  reply: () => focusOn('.reply textarea'),
  note: startNote,
  close: (desk) => desk.open.value?.state.value.active && desk.closeChatSoon(),
  undo: (desk) => desk.keepOpen(),
  search: () => focusOn('.search-input'),
  details: (desk) => {
    desk.details.value = !desk.details.value
  },
  shortcuts: (desk) => {
    desk.shortcuts.value = true
  },
}

/** Enter leads from the list, or from a chat's heading, to where the chat is answered. The row is a link, and moves the address by itself. */
function enter(desk: Desk, target: EventTarget | null) {
  if (!(target instanceof HTMLElement && target.matches('.chat-row, #conversation-title'))) return
  if (target instanceof HTMLAnchorElement) desk.select(readAddress(target.hash).chat)
  requestAnimationFrame(() => focusOn('.reply textarea'))
}

/** Esc leaves a field first, then closes what lies over the conversation. */
function leave(desk: Desk, target: EventTarget | null) {
  if (isField(target)) (target as HTMLElement).blur()
  else desk.details.value = false
}

export function useKeys(desk: Desk): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (desk.shortcuts.value) return
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) return leave(desk, event.target)
      if (event.key === 'Enter') return enter(desk, event.target)
      const command = desk.singleKeys.value ? commandOf(event, isField(event.target)) : null
      if (command === null) return
      event.preventDefault()
      COMMANDS[command](desk)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [desk])
}
