/** A message in the widget, with all there is to it. */
import type { Conversation } from '../../sdk/customer/face.ts'
import type { BodyProps } from '../../ui/body.tsx'
import { type EventItem, eventIn } from '../../ui/log-item.ts'
import { createReaders, type readersIn } from '../../ui/readers.ts'
import { Said, type Surroundings } from '../../ui/said.tsx'
import { type Among, type Face, useFace } from '../app/face.ts'
import { react } from '../tools/react.ts'

export function Body({ replies, ...props }: BodyProps & Among) {
  const face = useFace()
  return <Said {...props} around={surroundings(face, face.session.shown.state.conversation, replies)} />
}

const readers = new WeakMap<Conversation, typeof readersIn>()

function readersOf(conversation: Conversation): typeof readersIn {
  const known = readers.get(conversation) ?? createReaders()
  readers.set(conversation, known)
  return known
}

function surroundings(face: Face, conversation: Conversation, replies: Among['replies']): Surroundings {
  const { session, tools, words, tell } = face
  const { me } = session.sdk
  const { items, users } = conversation.state
  const doing = () => tools.state.doingOf?.(conversation)
  return {
    me,
    eventOf: (id) => eventIn([...items, ...(replies?.state.items ?? [])], id),
    react: (event, emoji) => react(face, conversation, event, emoji),
    ...(!replies && { showReplies: (item: EventItem) => doing()?.replied.set({ item, writes: false }) }),
    showQuoted(id, near) {
      const log = near.closest('.log')
      if (log) void tools.state.showMessage?.(log, id).then((isFound) => isFound || tell(words.notFound))
    },
    readersOf: (item) => (replies ? [] : (readersOf(conversation)(items, users, me).get(item.key) ?? [])),
    mayAct: ({ seq, event }) => seq !== null && !event.deleted_at && users.some(({ id, present }) => id === me && present),
  }
}
