/** What a customer did on the site, and goes on doing while somebody looks. */
import { useEffect, useState } from 'preact/hooks'
import type { Activity } from '../../sdk/agent/types.ts'
import type { Desk } from '../desk.ts'

const NONE: readonly Activity[] = []

/** Read anew when something came: a page may only have got its title. What cannot be read now is with the next thing that comes. */
export function useActivity(desk: Desk, customer: string): readonly Activity[] {
  const [known, setKnown] = useState({ customer, activity: NONE })
  const connected = desk.status.value === 'connected'
  useEffect(() => {
    let asked = 0
    const read = () => {
      const asking = ++asked
      const take = (activity: Activity[]) => {
        if (asking === asked) setKnown({ customer, activity })
      }
      desk.getActivity(customer).then(take, () => undefined)
    }
    if (connected) read()
    const stop = desk.onActivity((of) => of === customer && read())
    return () => {
      asked = 0
      stop()
    }
  }, [desk, customer, connected])
  return known.customer === customer ? known.activity : NONE
}
