/** A message with all there is to it: what it quotes, says and brings, and under it reactions, replies, and who has read up to there. */
import type { ComponentChildren } from 'preact'
import type { Event } from '../protocol/events.ts'
import type { ShownFile } from '../protocol/files.ts'
import type { ChatUser } from '../protocol/users.ts'
import { Attachments } from './attachments.tsx'
import type { BodyProps } from './body.tsx'
import { Faces } from './faces.tsx'
import { FileView } from './file.tsx'
import { Icon } from './icon.tsx'
import { MORE, SMILE } from './icons.ts'
import { useLanguage } from './language.ts'
import type { EventItem } from './log-item.ts'
import type { Person } from './mentions.ts'
import { isKnown, Quote, quoteOf } from './quote.tsx'
import { Reactions } from './reactions.tsx'
import { Replied } from './replied.tsx'
import { RichText } from './rich-text.tsx'
import { fullTime } from './time.ts'

/** What a message needs of the chat that it is in. */
export interface Surroundings {
  readonly me: string | null
  /** For the quote of what is on its way, which the server has not shown yet. */
  eventOf(id: string): Event | undefined
  react(event: Event, emoji: string): void
  /** Not among replies, which have none. */
  readonly showReplies?: (item: EventItem) => void
  showQuoted(id: string, near: Element): void
  /** Who has read up to here and no further, where that is to be shown. */
  readersOf(item: EventItem): readonly ChatUser[]
  /** Whether anything may be done with it. */
  mayAct(item: EventItem): boolean
}

export interface SaidProps extends BodyProps {
  readonly around: Surroundings
  /** Stands in the bubble under the text. */
  readonly more?: ComponentChildren
}

export function Said({ item, people, around, more, children }: SaidProps) {
  const { words } = useLanguage()
  const { event, own } = item
  const { reactions = [], replies, deleted_at } = event
  const isForMe = !own && around.me !== null && event.mentions?.includes(around.me)
  const readers = around.readersOf(item)
  const { showReplies } = around
  return (
    <>
      {/* Rows go by keys, of which quotes know nothing. */}
      <div class="said" data-event={event.id}>
        <div class={`bubble ${deleted_at ? 'gone' : ''} ${isForMe ? 'for-me' : ''} ${event.streaming ? 'grows' : ''}`}>
          {isForMe && <span class="hidden">{words.mentionsYou}</span>}
          <Quoted item={item} people={people} around={around} />
          {deleted_at ? words.deleted : <Content event={event} people={people} />}
          {more}
        </div>
        {around.mayAct(item) && <Acts />}
      </div>
      {reactions.length > 0 && (
        <Reactions reactions={reactions} people={people} me={around.me} onToggle={(emoji) => around.react(event, emoji)} />
      )}
      {replies && showReplies && <Replied replies={replies} people={people} onShow={() => showReplies(item)} />}
      <div class="under">
        {children}
        {!deleted_at && <Edited at={event.edited_at} />}
      </div>
      {readers.length > 0 && <Readers users={readers} />}
    </>
  )
}

function Content({ event, people }: { readonly event: Event } & Pick<BodyProps, 'people'>) {
  const { text, url, attachments, mentions = [] } = event
  if (url) return <FileView {...(event as ShownFile)} />
  const named = mentions.flatMap((id): Person[] => {
    const name = people.get(id)?.name
    return name ? [{ id, name }] : []
  })
  return (
    <>
      {attachments && <Attachments files={attachments} />}
      {/* Anew once it is whole: what has only grown is not told by what reads it out. */}
      {text && <RichText key={`${event.streaming}`} text={text} named={named} />}
    </>
  )
}

function Quoted({ item: { event }, people, around }: Omit<SaidProps, 'children'>) {
  const { words } = useLanguage()
  // Of what is on its way only the id is known.
  const { quoted_event_id: id = '' } = event as { readonly quoted_event_id?: string }
  const found = around.eventOf(id)
  const quoted = event.quoted_event ?? (found && quoteOf(found))
  if (!quoted || event.deleted_at) return null
  const author = quoted.author_id
  const name = author !== undefined && author === around.me ? words.you : words.nameOf(people.get(author ?? ''))
  if (!isKnown(quoted)) {
    return (
      <div class="quote">
        <Quote quoted={quoted} name={name} />
      </div>
    )
  }
  return (
    <button
      type="button"
      class="quote"
      title={words.showQuoted}
      onClick={({ currentTarget }) => around.showQuoted(quoted.id, currentTarget)}
    >
      <Quote quoted={quoted} name={name} />
    </button>
  )
}

/** Found by whoever listens to the log, so that of hundreds none listens by itself; a stop of the Tab key where the focus is, and else none. */
function Acts() {
  const { words } = useLanguage()
  return (
    <span class="acts">
      <Act deed="react" name={words.react} icon={SMILE} />
      <Act deed="all" name={words.messageActions} icon={MORE} />
    </span>
  )
}

function Act({ deed, name, icon }: { readonly deed: string; readonly name: string; readonly icon: string }) {
  return (
    <button type="button" class="icon-button act" data-deed={deed} tabIndex={-1} aria-haspopup="menu" aria-label={name} title={name}>
      <Icon path={icon} size={18} />
    </button>
  )
}

function Edited({ at }: { readonly at: string | undefined }) {
  const { words, locale } = useLanguage()
  if (at === undefined) return null
  return (
    <time class="meta edited" dateTime={at} title={fullTime(at, locale)}>
      {words.edited}
    </time>
  )
}

function Readers({ users }: { readonly users: readonly ChatUser[] }) {
  const { words, locale } = useLanguage()
  const names = words.seenBy(new Intl.ListFormat(locale).format(users.map(words.nameOf)))
  return (
    <div class="readers" role="img" aria-label={names} title={names}>
      <Faces users={users} />
    </div>
  )
}
