/** Reading a form with one file in it, as it comes. The only file that knows busboy. */
import type { Readable } from 'node:stream'
import Busboy from '@fastify/busboy'
import { Refusal } from '../domain/refusal.ts'

export interface Form<T> {
  readonly fields: ReadonlyMap<string, string>
  /** What was made of the file; null when there was none. */
  readonly file: T | null
}

/** Keeps the bytes. When it fails, or they do, nothing more of the form is read. */
export type TakeFile<T> = (name: string | undefined, bytes: Readable) => Promise<T>

export interface FormOptions {
  readonly action: string
  readonly contentType: string
  /** The part that is the file, and the one that may stand beside it. */
  readonly file: string
  readonly field: string
}

type Parser = InstanceType<typeof Busboy>

const LIMITS = { files: 1, fields: 1, parts: 2, fieldSize: 4096, fieldNameSize: 64, headerPairs: 20, headerSize: 4096 }

/** Rejects with what is wrong with the form, with what the taker failed with, or because it was cut short. */
export async function readForm<T>(body: Readable, options: FormOptions, take: TakeFile<T>): Promise<Form<T>> {
  const parser = openParser(options)
  if (!parser) throw malformed(options, 'body', 'is no multipart/form-data')
  return new Reading(body, parser, options, take).form()
}

const malformed = ({ action }: FormOptions, path: string, why: string) =>
  new Refusal('validation', `unable to ${action}; ${path} ${why}`, { path })

class Reading<T> {
  readonly #body: Readable
  readonly #parser: Parser
  readonly #options: FormOptions
  readonly #take: TakeFile<T>
  readonly #fields = new Map<string, string>()
  #file: { readonly bytes: Readable; readonly made: Promise<T> } | null = null
  #fail: (error: Error) => void = () => {}
  #failed = false

  constructor(body: Readable, parser: Parser, options: FormOptions, take: TakeFile<T>) {
    this.#body = body
    this.#parser = parser
    this.#options = options
    this.#take = take
  }

  form(): Promise<Form<T>> {
    const [body, parser] = [this.#body, this.#parser]
    return new Promise((resolve, reject) => {
      this.#fail = (error) => this.#stop(error).then(() => reject(error))
      parser.on('file', (name, bytes, filename: string | undefined) => this.#takeFile(name, bytes, filename))
      parser.on('field', (name, value, _, truncated) => this.#takeField(name, value, truncated))
      for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
        parser.on(limit, () => this.#refuse('body', 'holds more than it may'))
      }
      parser.on('error', () => this.#refuse('body', 'is no multipart/form-data'))
      parser.on('finish', () => {
        const made: T | null | Promise<T> = this.#file?.made ?? null
        Promise.resolve(made).then((file) => resolve({ fields: this.#fields, file }), this.#fail)
      })
      body.on('error', () => this.#refuse('body', 'was cut short'))
      body.on('close', () => void (body.readableEnded || this.#refuse('body', 'was cut short')))
      body.pipe(parser)
    })
  }

  #takeFile(name: string, bytes: Readable, filename: string | undefined): void {
    // What fails is told by the taker; a stream that nobody reads must not end the process.
    bytes.on('error', () => {})
    if (this.#failed) return void bytes.resume()
    if (name !== this.#options.file) return this.#refuse(name || 'body', 'is not known')
    this.#file = { bytes, made: this.#take(filename && asMeant(filename), bytes) }
    this.#file.made.catch(this.#fail)
  }

  #takeField(name: string, value: string, truncated: boolean): void {
    if (name !== this.#options.field) this.#refuse(name || 'body', 'is not known')
    else if (truncated) this.#refuse(name, 'is too long')
    else this.#fields.set(name, value)
  }

  #refuse(path: string, why: string): void {
    this.#fail(malformed(this.#options, path, why))
  }

  /** Resolves when the taker is done: what it made is the caller's to undo. */
  async #stop(error: Error): Promise<void> {
    this.#failed = true
    this.#body.unpipe(this.#parser)
    // What still comes is of no use, and who sends it can hear the answer only when it is through.
    this.#body.resume()
    this.#file?.bytes.destroy(error)
    await this.#file?.made.catch(() => {})
  }
}

/** Browsers write so in a form what would end the name there. */
const asMeant = (filename: string) => filename.replace(/%22/g, '"').replace(/%0[ad]/gi, ' ')

/** Some clients name neither the file nor its type, so it is known by the name of its part. */
function openParser({ contentType, file }: FormOptions): Parser | null {
  const isPartAFile = (name: string | undefined, _type: string | undefined, filename: string | undefined) =>
    name === file || filename !== undefined
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS, isPartAFile })
  } catch {
    return null
  }
}
