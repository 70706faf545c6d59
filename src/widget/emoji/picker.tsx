/** The emoji picker in the visitor's language. */
import { Picker as AnyPicker, type PickerProps } from '../../ui/emoji/picker.tsx'
import { useFace } from '../app/face.ts'
import type { Later } from '../later.ts'

type Names = Extract<keyof Later, `emoji-${string}`>

export function Picker(props: PickerProps) {
  const { load } = useFace()
  return <AnyPicker {...props} loadNames={(language) => load(`emoji-${language}` as Names)} />
}
