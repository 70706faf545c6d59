/** What a key press in the composer means. */

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'isComposing' | 'keyCode'>

/** The code that an input method gives to the keys it takes for itself. Safari ends the composition before the key event, so `isComposing` alone misses it. */
const TAKEN_BY_INPUT_METHOD = 229

/** Enter sends; with Shift it breaks the line, and an Enter that only picks a candidate of an input method never sends. */
export function sendsMessage(press: KeyPress): boolean {
  return press.key === 'Enter' && !press.shiftKey && !press.altKey && !press.isComposing && press.keyCode !== TAKEN_BY_INPUT_METHOD
}
