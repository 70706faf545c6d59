/** Words that are said once, each in a place of its own, and looked for wherever they must not be. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export class Canaries {
  readonly #words = new Map<string, string>()

  /** Where they are said, in alphabetical order. */
  get places(): string[] {
    return [...this.#words.keys()].sort()
  }

  say(place: string): string {
    if (this.#words.has(place)) throw new Error(`unable to say it in ${place}; it was said there before`)
    const word = `canary-${this.#words.size}-end`
    this.#words.set(place, word)
    return word
  }

  /** Places whose word is in what was read. */
  heardIn(bytes: Buffer): string[] {
    const forms = (word: string) => [Buffer.from(word), Buffer.from(word, 'utf16le'), Buffer.from(word, 'utf16le').swap16()]
    return this.places.filter((place) => forms(this.#words.get(place) ?? '').some((form) => bytes.includes(form)))
  }

  /** The same of all files of a folder. Their names count as what is in them. */
  heardOnDisk(folder: string): string[] {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const bytes = files.map(({ parentPath, name }) => Buffer.concat([Buffer.from(name), readFileSync(join(parentPath, name))]))
    return [...new Set(bytes.flatMap((one) => this.heardIn(one)))].sort()
  }
}
