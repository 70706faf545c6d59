/** A talk in which much is deleted and replaced, and a look into the files for what is left of it. */
import { existsSync, readFileSync } from 'node:fs'
import { createRandom } from '../../../testing/random.ts'
import type { Write } from '../change.ts'
import { change, createChat, customerRow, done, message, openThread, page } from '../contract/ground.contract.ts'
import type { Store } from '../store.ts'

/** Which of the texts stand in the database or beside it. */
export function leftIn(path: string, texts: Iterable<string>): string[] {
  const files = [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file)).map((file) => readFileSync(file, 'latin1'))
  const there = new Set(files.flatMap((content) => content.match(/<\d{6}>/g) ?? []))
  return [...texts].filter((text) => there.has(text))
}

const edit = (event_id: string, text: string): Write => ({
  ...{ write: 'edit_event', chat_id: 'c', thread_id: 't', event_id, set: { text }, by: null },
})

/** Events and customers whose words become longer and shorter, and go. Each word is said once. */
export class Talk {
  readonly gone = new Set<string>()
  readonly #store: Store
  readonly #random = createRandom('purge')
  readonly #events = new Map<string, string>()
  readonly #names = new Map<string, string>()
  #said = 0

  constructor(store: Store) {
    this.#store = store
  }

  get standing(): string[] {
    return [...this.#events.values(), ...this.#names.values()].filter((word) => word !== '')
  }

  async begin(): Promise<void> {
    await done(this.#store, change([createChat('c'), openThread('c', 't')]))
  }

  /** So many things happen, some of them in one transaction. */
  async goOn(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 50) {
      const changes = Array.from({ length: Math.min(left, 50) }, () => change([this.#next()]))
      await Promise.all(changes.map((one) => done(this.#store, one)))
    }
  }

  /** Every page is written again, as it is. */
  async repeatAll(): Promise<void> {
    const { events } = await this.#store.events(page('c', { limit: 10_000 }))
    const standing = events.filter(({ deleted_at }) => deleted_at === null)
    await Promise.all(standing.map(({ id, text }) => done(this.#store, change([edit(id, text ?? '')]))))
  }

  #next(): Write {
    const random = this.#random
    const [id = '', word = ''] = this.#events.size > 0 ? random.pick([...this.#events]) : []
    const what = random.weighted({ say: this.#events.size < 400 ? 6 : 1, edit: 4, delete: 1, meet: 1, rename: 3 })
    if (what === 'say' || id === '') {
      const text = this.#word()
      this.#events.set(`t_${this.#events.size + this.#deleted + 1}`, text.word)
      return message('c', 't', text.text)
    }
    if (what === 'meet' || (what === 'rename' && this.#names.size === 0)) {
      const name = this.#word()
      this.#names.set(`ann-${this.#names.size}`, name.word)
      return { write: 'insert', table: 'customers', row: customerRow(`ann-${this.#names.size - 1}`, { name: name.text }) }
    }
    if (what === 'rename') {
      const [customer, old] = random.pick([...this.#names])
      const name = this.#word()
      this.gone.add(old)
      this.#names.set(customer, name.word)
      return { write: 'update', table: 'customers', key: { organization_id: 'acme', id: customer }, set: { name: name.text } }
    }
    this.gone.add(word)
    if (what === 'edit') {
      const text = this.#word()
      this.#events.set(id, text.word)
      return edit(id, text.text)
    }
    this.#events.delete(id)
    this.#deleted++
    return { write: 'delete_event', chat_id: 'c', thread_id: 't', event_id: id, by: null }
  }

  #deleted = 0

  #word(): { word: string; text: string } {
    const word = `<${String(this.#said++).padStart(6, '0')}>`
    return { word, text: word + 'x'.repeat(this.#random.chance(0.03) ? this.#random.int(3000, 12_000) : this.#random.int(0, 600)) }
  }
}
