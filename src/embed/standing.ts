/** One widget, from when it is asked for until it is taken away, and what it is told in between. */
import { canBecome, changesOf, hooksOf, optionsOf } from './changes.ts'
import { call, callWhenThere, porchlightOf, widgetOf } from './porchlight.ts'
import type { WidgetProps } from './props.ts'
import { dropLoader, placeScript, tellLoader } from './script.ts'

/** What all who have mounted it want of it together. */
export interface Wanted {
  readonly props: WidgetProps
  readonly container: Element | null
}

export interface Ears {
  opened(): void
  closed(): void
  counted(unread: number): void
  refused(error: Error): void
}

export interface Standing {
  /** False: it has to make way for another one. */
  canBe(wanted: Wanted): boolean
  become(wanted: Wanted): void
  end(): void
}

export function stand(name: string, { props: first, container }: Wanted, ears: Ears): Standing {
  let props = first
  let isOver = false
  const hooks = hooksOf(() => props)
  const refused = (error: Error) => isOver || ears.refused(error)
  const porchlight = porchlightOf(name)
  const stops = [porchlight.on('open', ears.opened), porchlight.on('close', ears.closed), porchlight.on('unread', ears.counted)]
  const script = placeScript(name, props, container !== null)
  const options = { ...optionsOf(props, container), ...hooks(props) }
  const identify = (token: string) => callWhenThere(name, 'identify', token).catch(refused)

  if (script.isLoader) tellLoader(name, script.tag, options)
  else call(name, 'init', options).catch(refused)
  const ownLook = script.isForeign ? changesOf({}, props, hooks) : null
  if (ownLook) callWhenThere(name, 'update', ownLook).catch(refused)
  if (props.token) identify(props.token)

  return {
    canBe: (wanted) => wanted.container === container && canBecome(props, wanted.props),
    become(wanted) {
      const before = props
      props = wanted.props
      const changes = changesOf(before, props, hooks)
      if (changes) call(name, 'update', changes).catch(refused)
      if (props.token && props.token !== before.token) identify(props.token)
      if (!props.token && before.token) call(name, 'logout').catch(refused)
    },
    end() {
      isOver = true
      for (const stop of stops) stop()
      if (script.isLoader && !widgetOf(name)) dropLoader(name, script.tag)
      else call(name, 'destroy').catch(() => undefined)
    },
  }
}
