/** Who is named in a text: `@` and the name of somebody in the chat. */

export interface Person {
  readonly id: string
  readonly name: string
  readonly avatar?: string | undefined
}

/** What is being written after an `@`, from which on a name may take its place. */
export interface Asked {
  readonly from: number
  readonly query: string
}

/** The longest that is looked for; names have spaces, and so does all else that is written. */
const MAX_QUERY_CHARS = 40
const MAX_SUGGESTIONS = 6
/** An `@` within a word is that of an address. */
const BEGINNING = /(?:^|[^\p{L}\p{N}_.+-])@([^@\n]*)$/u

export function askedAt(text: string, caret: number): Asked | undefined {
  const before = text.slice(Math.max(0, caret - MAX_QUERY_CHARS - 2), caret)
  const query = BEGINNING.exec(before)?.[1]
  return query === undefined || query.length > MAX_QUERY_CHARS ? undefined : { from: caret - query.length - 1, query }
}

/** Whatever the case or the accents. */
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Those of whom a part of the name begins so; whose name itself does come first. */
export function suggestionsFor(query: string, people: readonly Person[]): Person[] {
  const sought = folded(query)
  const begins = (person: Person) => folded(person.name).startsWith(sought)
  const found = people.filter((person) => begins(person) || folded(person.name).includes(` ${sought}`))
  return [...found.filter(begins), ...found.filter((person) => !begins(person))].slice(0, MAX_SUGGESTIONS)
}

/** Finds names, the longest first, so that of `@Ada Lovelace` nothing is left over; null where there is none to find. */
export function namingOf(people: readonly Person[]): RegExp | null {
  const names = people.map(({ name }) => name.trim()).filter(Boolean)
  if (names.length === 0) return null
  const escaped = names.sort((one, other) => other.length - one.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(@(?:${escaped.join('|')}))(?![\\p{L}\\p{N}])`, 'gu')
}

/** The text in parts, of which every second is a name. */
export const partedBy = (naming: RegExp | null, text: string): string[] => (naming ? text.split(naming) : [text])

/** The ids of those whom a text names. Of several with the same name those who were chosen, or else all of them. */
export function namedIn(text: string, people: readonly Person[], chosen: ReadonlySet<string> = new Set()): string[] {
  const said = new Set(partedBy(namingOf(people), text).filter((_, at) => at % 2))
  const named = people.filter(({ name }) => said.has(`@${name.trim()}`))
  const isMeant = ({ id, name }: Person) => chosen.has(id) || !named.some((other) => other.name === name && chosen.has(other.id))
  return named.filter(isMeant).map(({ id }) => id)
}
