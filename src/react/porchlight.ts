/** The widget as a component of React, and hooks for whatever else a page shows of it. */
import { type CSSProperties, createElement, type ReactElement, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createMount } from '../embed/mounts.ts'
import { porchlightOf } from '../embed/porchlight.ts'
import { DEFAULT_NAME, type WidgetProps } from '../embed/props.ts'
import { ON_SERVER, watchOf } from '../embed/watch.ts'
import type { PorchlightApi, WidgetState } from '../widget/index.ts'

export interface PorchlightProps extends WidgetProps {
  /** Of the element of an `inline` chat. */
  className?: string | undefined
  style?: CSSProperties | undefined
}

/**
 * The chat on a page. Mounted several times it is one widget for each project; the last to be unmounted takes it away.
 * @example <Porchlight server="https://chat.example.com" license={1} clientId="shop" />
 */
export function Porchlight({ className, style, ...props }: PorchlightProps): ReactElement | null {
  const [mount] = useState(createMount)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => mount.set({ props, container: place.current }))
  useEffect(() => {
    mount.add()
    return mount.remove
  }, [mount])
  return props.inline ? createElement('div', { ref: place, className, style }) : null
}

/**
 * The page's `Porchlight`, always the same one, usable before it is loaded: its verbs then wait. `global` names the widget
 * where a page shows more than one project.
 * @example const porchlight = usePorchlight(); return <button onClick={() => porchlight.open()}>Help</button>
 */
export const usePorchlight = (global: string = DEFAULT_NAME): PorchlightApi => porchlightOf(global)

/** The number of messages not seen yet; 0 as long as nothing is known. @example const unread = useUnread() */
export function useUnread(global: string = DEFAULT_NAME): number {
  const { subscribe, unread } = watchOf(global)
  return useSyncExternalStore(subscribe, unread, ON_SERVER.unread)
}

/** Whether the widget is open, closed, hidden, not there yet or not any more. @example const isOpen = useWidgetState() === 'open' */
export function useWidgetState(global: string = DEFAULT_NAME): WidgetState {
  const { subscribe, state } = watchOf(global)
  return useSyncExternalStore(subscribe, state, ON_SERVER.state)
}
