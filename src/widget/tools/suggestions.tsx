/** Names to choose from, loaded when the first one is asked for. */
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Person } from '../../ui/mentions.ts'
import { useFace } from '../app/face.ts'
import type { Later } from '../later.ts'

interface SuggestionsProps {
  readonly box: RefObject<HTMLTextAreaElement | null>
  readonly people: readonly Person[]
  readonly chosen: Set<string>
}

export function Suggestions({ box, people, chosen }: SuggestionsProps) {
  const { load } = useFace()
  const [List, setList] = useState<Awaited<ReturnType<Later['mentions']>>['MentionList']>()
  useEffect(() => {
    const field = box.current
    if (List || !field) return
    const look = () => {
      // Where it cannot be loaded a name can still be written.
      if (field.value.includes('@'))
        load('mentions').then(
          ({ MentionList }) => setList(() => MentionList),
          () => undefined,
        )
    }
    field.addEventListener('input', look)
    return () => field.removeEventListener('input', look)
  }, [List])
  return List ? <List box={box} people={people} onChosen={({ id }) => chosen.add(id)} /> : null
}
