/** The composer of a conversation, with its draft. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { report } from '../../sdk/kit/emitter.ts'
import { Composer } from '../../ui/composer.tsx'
import { useView } from '../../ui/use-view.ts'
import type { Draft } from '../settings.ts'
import { type ToolProps, useFace } from './face.ts'

interface WritingProps extends ToolProps {
  readonly begun: boolean
}

export function Writing({ begun, ...given }: WritingProps) {
  const { conversation, state, attached } = given
  const face = useFace()
  const { session, words, tools } = face
  const { Keys, goAlong } = useView(tools)
  const files = useView(attached)
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [typed, setTyped] = useState(false)
  /** The site is being asked whether a message may go out. */
  const asking = useRef(false)
  // Until the server knows a chat it has no lasting id; its draft is that of the next new chat.
  const draft = state.provisional ? 'new' : state.id
  useEffect(() => {
    void session.drafts.load(draft).then((kept) => setText((typed) => typed || kept))
  }, [session, conversation])

  useEffect(() => {
    if (typed) session.drafts.save(draft, text)
  }, [session, draft, text])
  useEffect(() => {
    if (typed && draft !== 'new') session.drafts.save('new', '')
  }, [session, draft])

  const write = (next: string) => {
    setText(next)
    setTyped(true)
  }
  const post = (event: Draft, written: string) => {
    setText((now) => {
      // What was typed meanwhile stays.
      if (now.trim() !== written) return now
      // Here too: a composer that has gone before the site had its say keeps nothing by itself.
      session.drafts.save(draft, '')
      return ''
    })
    setTyped(true)
    const along = goAlong?.(face, given, event.text)
    if (written) session.say(conversation, { ...event, ...along })
  }
  const send = (text: string) => {
    const event = { type: 'message', text } as const
    const { beforeSend } = session
    if (!beforeSend || !text) return post(event, text)
    if (asking.current) return
    asking.current = true
    // Until it has answered the text stays where it is; what is held back, or meets a hook that throws, was never gone.
    Promise.resolve(event)
      .then(beforeSend)
      .then((allowed) => allowed !== false && post(allowed ?? event, text), report)
      .finally(() => {
        asking.current = false
      })
  }
  const placeholder = state.loaded && !state.active && state.items.length > 0 ? words.writeToGoOn : words.writeMessage
  return (
    <Composer text={text} placeholder={placeholder} input={box} also={files.length > 0} onText={write} onSend={send}>
      <span class="keys">{Keys && <Keys {...given} {...{ box, begun }} typed={typed ? text : undefined} />}</span>
    </Composer>
  )
}
