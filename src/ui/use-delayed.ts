/** True once a condition has held for a while, so that a skeleton or a strip never flashes for what is over in a moment. */
import { useEffect, useState } from 'preact/hooks'

export function useDelayed(condition: boolean, ms: number): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    setHeld(false)
    if (!condition) return
    const timer = setTimeout(() => setHeld(true), ms)
    return () => clearTimeout(timer)
  }, [condition, ms])
  return condition && held
}
