/** Says what was done to whoever does not see it, once, and shows nothing. */
import { useView } from './use-view.ts'
import { type Cell, createCell } from './view.ts'

/** Another number each time, so that the same is said again. */
export type Said = Cell<{ readonly text: string; readonly time: number }>

export const createSaid = (): Said => createCell({ text: '', time: 0 })

export const say = (said: Said, text: string): void => said.set({ text, time: said.state.time + 1 })

export function Announcer({ said }: { readonly said: Said }) {
  const { text, time } = useView(said)
  return (
    <div class="hidden" role="status">
      {text && <span key={time}>{text}</span>}
    </div>
  )
}
