/** Properties as options of the widget, and what to tell it when they have changed. */
import type { Changes, Options } from '../widget/index.ts'
import type { WidgetProps } from './props.ts'

/** What no widget can change: another one takes its place. */
const FIXED = ['license', 'clientId', 'server'] as const
const AT_FIRST = ['load', 'consent', 'open'] as const
const LOOK = ['theme', 'position', 'locale', 'words', 'brand', 'icon', 'launcher'] as const
const HOOKS = ['beforeSend', 'beforeOpen'] as const
/** What is said in the place of a property that is gone. */
const OTHERWISE = { theme: 'auto', launcher: true, words: {} } as const
/** There is nothing that would undo one of these. */
const LASTING = ['position', 'locale', 'brand', 'icon'] as const

type Known = Partial<Record<string, unknown>>

const pick = (props: WidgetProps, keys: readonly (keyof WidgetProps)[]): Known =>
  Object.fromEntries(keys.filter((key) => props[key] !== undefined).map((key) => [key, props[key]]))

/** Functions are written anew with every rendering: the widget gets ones that ask for the last. */
export function hooksOf(latest: () => WidgetProps): (props: WidgetProps) => Pick<Options, 'beforeSend' | 'beforeOpen'> {
  const hooks: Required<Pick<Options, 'beforeSend' | 'beforeOpen'>> = {
    beforeSend(draft) {
      const { beforeSend } = latest()
      return beforeSend ? beforeSend(draft) : draft
    },
    beforeOpen() {
      const { beforeOpen } = latest()
      return beforeOpen ? beforeOpen() : true
    },
  }
  return (props) => Object.fromEntries(HOOKS.filter((key) => props[key]).map((key) => [key, hooks[key]]))
}

export function optionsOf(props: WidgetProps, container: Element | null): Options {
  return { ...pick(props, [...FIXED, ...AT_FIRST, ...LOOK]), ...(container && { container }) } as unknown as Options
}

/** Whether a widget can go from the one to the other. */
export const canBecome = (before: WidgetProps, after: WidgetProps): boolean =>
  FIXED.every((key) => `${before[key]}` === `${after[key]}`) &&
  LASTING.every((key) => before[key] === undefined || after[key] !== undefined)

/** Null where there is nothing to tell. */
export function changesOf(before: Partial<WidgetProps>, after: WidgetProps, hooks: ReturnType<typeof hooksOf>): Changes | null {
  const changes: Known = {}
  for (const key of LOOK) if (!isSame(before[key], after[key])) changes[key] = after[key] ?? (OTHERWISE as Known)[key]
  for (const key of HOOKS) if (!before[key] !== !after[key]) changes[key] = hooks(after)[key]
  if (before.consent !== after.consent) changes['consent'] = after.consent === 'granted'
  return Object.keys(changes).length > 0 ? (changes as Changes) : null
}

/** Words, too, are written anew with every rendering. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other
  const [before, after] = [Object.entries(one), new Map(Object.entries(other))]
  return before.length === after.size && before.every(([key, value]) => after.get(key) === value)
}
