/** The customer as the server knows them now: a summary's page is as old as the summary. */
import { useEffect, useState } from 'preact/hooks'
import type { Customer } from '../../sdk/agent/types.ts'
import { attention } from '../attention.ts'
import type { Desk } from '../desk.ts'

/** Asked for anew every half minute, as long as somebody looks. */
export function useCustomer(desk: Desk, known: Customer): Customer {
  const [fresh, setFresh] = useState(known)
  const looking = attention.value
  const now = desk.now.value
  useEffect(() => {
    let wanted = true
    const take = (customer: Customer) => {
      if (wanted) setFresh(customer)
    }
    // What cannot be asked now is asked again soon; until then the summary has to do.
    if (looking) desk.getCustomer(known.id).then(take, () => undefined)
    return () => {
      wanted = false
    }
  }, [desk, known.id, looking, now])
  return fresh.id === known.id ? fresh : known
}
