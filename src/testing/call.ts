/** One request over HTTP in memory: it goes up, is answered, and the answer comes down; a test can hold it at each place, and cut it. */
import { PassThrough } from 'node:stream'
import type { FarRequest, HttpAnswer } from './network.ts'

export interface CallOptions {
  readonly request: FarRequest
  /** Carries it to the server of that moment. */
  readonly serve: (request: FarRequest) => Promise<HttpAnswer>
  /** Whether it moves only when a test says so. */
  readonly held: () => boolean
  /** Whether the answer gets lost on its way back. */
  readonly loses: () => boolean
  /** Hears of every move. */
  readonly moved: () => void
}

/** What has no bytes of its own does not stop on its way up. */
type Stage = 'leaving' | 'arriving' | 'answering' | 'returning' | 'over'

export class Call {
  readonly answer: Promise<HttpAnswer>
  readonly #options: CallOptions
  readonly #body = new PassThrough()
  #stage: Stage = 'leaving'
  #settle = () => {}
  #resolve: (answer: HttpAnswer) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor(options: CallOptions) {
    this.#options = options
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever reads it hears of it; where nobody does, nobody has to.
    this.#body.on('error', () => {})
    options.request.signal?.addEventListener('abort', () => this.cut('aborted'))
    this.flow()
  }

  get over(): boolean {
    return this.#stage === 'over'
  }

  /** Whether the server has something of it to read, or all of it and has not answered. */
  get busy(): boolean {
    const unread = this.#body.writableLength + this.#body.readableLength
    return this.#stage === 'answering' || (this.#stage === 'arriving' && unread > 0)
  }

  /** Moves it on by one place. False when it cannot be. */
  step(): boolean {
    const before = this.#stage
    if (before === 'leaving') this.#leave()
    else if (before === 'arriving') this.#arrive()
    else if (before === 'returning') this.#return()
    else return false
    this.#options.moved()
    return true
  }

  /** Moves on by itself where nothing holds it. */
  flow(): void {
    while (!this.#options.held() && this.step());
  }

  /** Breaks it: nobody waits for the answer, and what has not arrived never does. */
  cut(why = 'cut'): void {
    if (this.over) return
    this.#stage = 'over'
    this.#body.destroy(new Error(why))
    this.#reject(new Error(why))
    this.#options.moved()
  }

  /** The server's process is gone. What had left it still arrives. */
  die(): void {
    if (this.#stage === 'arriving' || this.#stage === 'answering') this.cut('the server is gone')
  }

  #leave(): void {
    const { request, serve } = this.#options
    const { bytes, onProgress } = request
    this.#stage = bytes ? 'arriving' : 'answering'
    if (bytes) this.#body.write(bytes.subarray(0, bytes.length / 2))
    const incoming = { bytes: this.#body, gone: () => this.over }
    serve(bytes ? { ...request, incoming } : request).then(
      (answer) => this.#answered(() => this.#resolve(answer)),
      (error) => this.#answered(() => this.#reject(error)),
    )
    onProgress?.(0.5)
  }

  #arrive(): void {
    const { bytes } = this.#options.request
    this.#stage = 'answering'
    this.#body.end(bytes?.subarray(bytes.length / 2))
  }

  #answered(settle: () => void): void {
    if (this.over) return
    this.#stage = 'returning'
    this.#settle = settle
    this.#options.moved()
    this.flow()
  }

  #return(): void {
    if (this.#options.loses()) return this.cut('the answer was lost')
    this.#stage = 'over'
    this.#options.request.onProgress?.(1)
    this.#settle()
  }
}
