/** Whether somebody is looking: the page is in sight and has the keyboard. On a second screen, unattended, nothing is seen. */
import { signal } from '@preact/signals'

const looking = () => document.visibilityState === 'visible' && document.hasFocus()

export const attention = signal(looking())

const look = () => {
  attention.value = looking()
}
document.addEventListener('visibilitychange', look)
window.addEventListener('focus', look)
window.addEventListener('blur', look)
