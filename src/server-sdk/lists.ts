/** Lists that can be awaited for a part of them, or walked from there to their end. */
import type { Client } from './client.ts'
import type { ListParams, NumberedPage, Page, PageParams, RequestOptions } from './options.ts'

/**
 * A part of a list when awaited, and all of it from there on when walked.
 *
 * @example
 * const { data, next_cursor } = await porchlight.users.list({ limit: 50 })
 * for await (const user of porchlight.users.list()) console.log(user.display_name)
 */
export interface List<T> extends Promise<Page<T>>, AsyncIterable<T> {}
/** The same by number. */
export interface NumberedList<T> extends Promise<NumberedPage<T>>, AsyncIterable<T> {}

/** As the server answers. */
interface Answer<T> extends Page<T> {
  readonly page?: number
  readonly total?: number
  readonly total_pages?: number
}

/** Which of the two it is, the caller's parameters say. */
export function list<T>(
  client: Client,
  action: string,
  params: object & (ListParams | PageParams),
  options: RequestOptions = {},
): List<T> & NumberedList<T> {
  const ask = (more: object) => client.act<Answer<T>>(action, { ...params, ...more }, false, options)
  const numbered = 'page' in params && params.page !== undefined
  let first: Promise<Answer<T>> | undefined
  const begin = () => {
    first ??= ask({})
    return first
  }
  const shown = () => begin().then((answer) => (numbered ? numberedOf(answer) : cursorOf(answer)))
  async function* walk(): AsyncGenerator<T> {
    for (let answer = await begin(), page = answer.page ?? 0; ; ) {
      yield* answer.data
      if (!answer.has_more) return
      page += 1
      answer = await ask(numbered ? { page } : { cursor: answer.next_cursor })
    }
  }
  const lazy = {
    // biome-ignore lint/suspicious/noThenProperty: it is to be awaited, and asks for nothing until it is.
    then: (done: never, failed: never) => shown().then(done, failed),
    catch: (failed: never) => shown().catch(failed),
    finally: (after: never) => shown().finally(after),
    [Symbol.asyncIterator]: walk,
    [Symbol.toStringTag]: 'List',
  }
  return lazy as unknown as List<T> & NumberedList<T>
}

const cursorOf = <T>({ data, next_cursor, has_more }: Answer<T>): Page<T> => ({ data, next_cursor, has_more })

const numberedOf = <T>({ data, page = 1, total = data.length, total_pages = 1 }: Answer<T>): NumberedPage<T> => ({
  ...{ items: data, page, total, totalPages: total_pages },
})
