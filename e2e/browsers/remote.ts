/** What a protocol must be able to do in one tab of a browser, so that somebody can use a chat there by its keys, its pointer and its eyes. */

/** An expression of the page that gives an element. */
export type Place = string

/** By the code points that both WebDriver protocols give them. */
export const ENTER = '\uE007'
export const ESCAPE = '\uE00C'

export interface Remote {
  goto(url: string): Promise<void>
  /** What an expression of the page comes to, as JSON has it. */
  read<T>(expression: string): Promise<T>
  click(place: Place): Promise<void>
  /** Key by key, into what then has the focus. */
  type(place: Place, text: string): Promise<void>
  /** Gives a file to a field that takes files. */
  choose(place: Place, path: string): Promise<void>
  reload(): Promise<void>
  /** A new tab of the same visitor. */
  another(): Promise<Remote>
  leave(): Promise<void>
  /** Where the protocol can. */
  setOffline?(offline: boolean): Promise<void>
}
