/** A part of a chat that comes by itself, once it is wanted. */
import { useEffect, useState } from 'preact/hooks'
import { useFace } from '../app/face.ts'
import type { Later } from '../later.ts'

/** A module as soon as it is wanted and there; a chat does without what cannot be loaded. */
export function useLater<N extends keyof Later>(name: N, wanted = true, failed = () => {}): Awaited<ReturnType<Later[N]>> | undefined {
  const { load } = useFace()
  const [module, setModule] = useState<Awaited<ReturnType<Later[N]>>>()
  useEffect(() => {
    if (!wanted) return
    // What is gone meanwhile must not be drawn again, or its listeners would stay.
    let isGone = false
    load(name).then(
      (found) => isGone || setModule(() => found),
      () => isGone || failed(),
    )
    return () => {
      isGone = true
    }
  }, [wanted])
  return module
}
