/** A visitor's device in memory: several tabs over one storage, each an environment for an SDK, to be killed, reloaded and cut off. */
import type { Clock, Environment, HttpResponse, Storage, Upload } from '../sdk/kit/environment.ts'
import type { LinkEvents } from '../sdk/kit/link.ts'
import { LOCK_PATIENCE_MS } from '../sdk/kit/tabs.ts'
import type { Call } from './call.ts'
import type { Caller, FarRequest, HttpAnswer, Network } from './network.ts'
import type { Random } from './random.ts'
import { Cupboard, Locks } from './storage.ts'
import type { Line } from './wire.ts'

export interface DeviceOptions {
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  /** The page's origin; null for a program that is no page. */
  readonly origin?: string | null
  readonly address?: string
  /** How far its clock is ahead of the server's. */
  readonly skew?: number
}

export class Device {
  readonly options: DeviceOptions
  readonly cupboard = new Cupboard()
  readonly locks = new Locks()
  readonly cookies = new Map<string, string>()
  #tabs: Tab[] = []
  #online = true

  constructor(options: DeviceOptions) {
    this.options = options
  }

  get tabs(): readonly Tab[] {
    this.#tabs = this.#tabs.filter((tab) => tab.alive)
    return this.#tabs
  }

  get online(): boolean {
    return this.#online
  }

  get caller(): Caller {
    const { origin = 'http://localhost', address = '127.0.0.1' } = this.options
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { origin, address, cookie: cookie || null }
  }

  open(): Tab {
    const tab = new Tab(this)
    this.#tabs.push(tab)
    return tab
  }

  /** The platform says that the network is gone, and cuts what goes through it. */
  goOffline(): void {
    this.#online = false
    for (const tab of this.tabs) tab.lose()
  }

  goOnline(): void {
    this.#online = true
    for (const tab of this.tabs) tab.wake()
  }

  /** What a browser does with `Set-Cookie`. */
  keepCookies(response: HttpAnswer): void {
    const [pair] = (response.header('set-cookie') ?? '').split(';')
    const [name, value] = (pair ?? '').split('=')
    if (name && value) this.cookies.set(name, value)
  }
}

export class Tab {
  readonly device: Device
  readonly environment: Environment
  readonly #lines = new Set<Line>()
  readonly #calls = new Set<Call>()
  readonly #wakes = new Set<{ readonly wake: () => void; readonly gone: () => void }>()
  readonly #receivers = new Map<string, Set<(message: unknown) => void>>()
  #alive = true
  /** What happens to it while it is frozen, until it thaws. */
  #frozen: (() => void)[] | null = null

  constructor(device: Device) {
    const { clock, network, random, skew = 0 } = device.options
    const alive = () => this.#alive
    this.device = device
    this.environment = {
      clock: {
        now: () => clock.now() + skew,
        after: (ms, callback) => {
          let wanted = true
          const stop = clock.after(ms, () => this.#happen(() => wanted && callback()))
          return () => {
            wanted = false
            stop()
          }
        },
      },
      storage: this.#thawing(device.cupboard.for(alive)),
      openLink: (url, events) => {
        const line = network.openLink(url, this.#guarded(events), device.caller)
        if (device.online) this.#lines.add(line)
        else queueMicrotask(() => line.cut())
        return line.link
      },
      fetch: (request) => this.#fetch(request),
      upload: (...request) => this.#upload(...request),
      random: () => random.next(),
      id: () => random.id(),
      onWake: (wake, gone) => {
        const listener = { wake, gone }
        this.#wakes.add(listener)
        return () => void this.#wakes.delete(listener)
      },
      exclusively: (name, task) =>
        this.#thawed(
          device.locks.hold(
            name,
            task,
            alive,
            () => !this.#frozen,
            (impatient) => clock.after(LOCK_PATIENCE_MS, impatient),
          ),
        ),
      openChannel: (name, receive) => {
        const receivers = this.#receivers.get(name) ?? new Set()
        this.#receivers.set(name, receivers.add(receive))
        return {
          post: (message) => {
            if (!this.#alive) return
            for (const tab of device.tabs) tab.#hear(name, structuredClone(message), receive)
          },
          close: () => void receivers.delete(receive),
        }
      },
    }
  }

  get alive(): boolean {
    return this.#alive
  }

  get frozen(): boolean {
    return this.#frozen !== null
  }

  /** Its sockets that are not over. */
  get lines(): readonly Line[] {
    return [...this.#lines].filter((line) => !line.over)
  }

  /** Gone without a word: nothing it had begun goes on, what it stored stays. */
  kill(): void {
    this.#alive = false
    this.#cut()
    this.device.locks.sweep()
  }

  /** Its code stands still; what happens meanwhile waits, and the server notices nothing. */
  freeze(): void {
    this.#frozen ??= []
  }

  thaw(): void {
    const waiting = this.#frozen ?? []
    this.#frozen = null
    for (const happen of waiting) this.#happen(happen)
    this.device.locks.sweep()
    this.wake()
  }

  /** Nothing happens to the dead. */
  #happen(act: () => void): void {
    if (this.#frozen) this.#frozen.push(act)
    else if (this.#alive) act()
  }

  #thawed<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) =>
      promise.then(
        (value) => this.#happen(() => resolve(value)),
        (error: unknown) => this.#happen(() => reject(error)),
      ),
    )
  }

  #thawing({ durable, get, set, update, left }: Storage): Storage {
    return {
      durable,
      get: <T>(key: string) => this.#thawed(get<T>(key)),
      set: (key, value) => this.#thawed(set(key, value)),
      update: (key, change) => this.#thawed(update(key, change)),
      left: <T>(prefix: string) => this.#thawed(left<T>(prefix)),
    }
  }

  #guarded({ open, frame, closed }: LinkEvents): LinkEvents {
    return {
      open: () => this.#happen(open),
      frame: (text) => this.#happen(() => frame(text)),
      closed: (code, reason) => this.#happen(() => closed(code, reason)),
    }
  }

  wake(): void {
    for (const { wake } of this.#wakes) this.#happen(wake)
  }

  /** What the device does to its tabs when the network goes. */
  lose(): void {
    this.#cut()
    for (const { gone } of this.#wakes) this.#happen(gone)
  }

  #cut(): void {
    for (const line of this.lines) line.cut()
    for (const call of this.#calls) call.cut()
    this.#calls.clear()
  }

  /** All hear it but the one that says it, those of the same page too. */
  #hear(name: string, message: unknown, from: (message: unknown) => void): void {
    queueMicrotask(() => {
      for (const receive of this.#receivers.get(name) ?? []) if (receive !== from) this.#happen(() => receive(message))
    })
  }

  /** As a browser packs it. Half of it is told of when it goes out, the rest when it is answered. */
  async #upload(...[url, authorization, file, signal, onProgress]: Parameters<Upload>): Promise<HttpResponse> {
    const form = new FormData()
    form.append('file', file as Blob)
    const packed = new Response(form)
    const { network } = this.device.options
    const bytes = new Uint8Array(await network.attend(packed.arrayBuffer()))
    signal.throwIfAborted()
    const headers = { authorization, 'content-type': packed.headers.get('content-type') ?? '' }
    const progress = (part: number) => this.#happen(() => onProgress(part))
    return this.#fetch({ method: 'POST', url, headers, bytes, signal, onProgress: progress })
  }

  async #fetch(request: FarRequest): Promise<HttpResponse> {
    if (!this.device.online) throw new Error('offline')
    if (request.signal?.aborted) throw new Error('aborted')
    const call = this.device.options.network.call(request, this.device.caller)
    this.#calls.add(call)
    const response = await this.#thawed(call.answer.finally(() => this.#calls.delete(call)))
    this.device.keepCookies(response)
    return response
  }
}
