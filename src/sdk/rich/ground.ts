/** What every noun of the extension stands on: the instance, a way to ask, and the shape that the instance gives events. */
import type { Event } from '../../protocol/shown.ts'
import type { Emitter } from '../kit/emitter.ts'
import type { ChatEvent, Instance, Options, RichEvents } from './types.ts'

export interface Ground {
  readonly sdk: Instance & Partial<CustomersOwn & AgentsOwn>
  readonly emit: Emitter<RichEvents>['emit']
  /** What is answered to whom another has followed is for nobody. */
  ask<T>(action: string, payload: object, options?: Options): Promise<T>
  /** Another user takes over. */
  forget(): void
  /** As the instance's own events are. */
  shape(event: Event): Event | ChatEvent
}

/** Members that the customer's instance alone has. */
export interface CustomersOwn {
  readonly state: string
  startChat(): unknown
  sendEvent(chat: string, event: object, options?: Options): Promise<ChatEvent>
  sendMessage(chat: string, message: object | string, options?: Options): Promise<unknown>
  getCustomer(options?: Options): Promise<{ id: string }>
}

/** Members that the agent's alone has. */
export interface AgentsOwn {
  readonly status: string
  readonly me: { id: string } | null
  conversation(chat: string): { send(event: object): Promise<Event> }
}

/** IDM4: an id of the SDK's own making is nobody's business. */
const customersShape = ({ thread_id, author_id, created_at, custom_id, content_type, ...rest }: Event): ChatEvent => ({
  ...rest,
  thread: thread_id,
  timestamp: Date.parse(created_at),
  ...(author_id && { author: author_id }),
  ...(content_type && { contentType: content_type }),
  ...(custom_id && custom_id[0] !== '~' && { customId: custom_id }),
})

export function createGround(sdk: Ground['sdk'], emit: Ground['emit']): Ground {
  /** Counts those who took over. */
  let turn = 0
  return {
    sdk,
    emit,
    async ask<T>(action: string, payload: object, options: Options = {}) {
      const { signal } = options
      signal?.throwIfAborted()
      let abort = () => {}
      const aborted = new Promise<never>((_, reject) => {
        abort = () => reject(signal?.reason)
        signal?.addEventListener('abort', abort)
      })
      const mine = turn
      const asked = Promise.race([sdk.request<T>(action, payload, options), aborted])
      const answer = await asked.finally(() => signal?.removeEventListener('abort', abort))
      if (mine === turn) return answer
      throw Object.assign(new Error(`unable to ${action}; another user has taken over`), { code: 'IDENTITY_CHANGED' })
    },
    forget: () => void turn++,
    shape: sdk.startChat ? customersShape : (event) => event,
  }
}
