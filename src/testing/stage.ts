/** A server that says what a test tells it to: for what a real one does never, seldom, or only to clients of another age. */
import { CUSTOMER_ACTIONS } from '../protocol/actions.ts'
import type { ErrorType } from '../protocol/errors.ts'
import type { Wire } from '../server/gateway/wire.ts'
import type { FarEnd, Network } from './network.ts'

export interface Heard {
  readonly action: string
  readonly request_id?: string
  readonly payload?: Readonly<Record<string, unknown>>
}

/** What an action is answered with. Undefined: not at all. */
export type Answer = (payload: Readonly<Record<string, unknown>>) => object | undefined

/** An answer that says no. */
export class No {
  readonly error: object

  constructor(type: ErrorType, data: object = {}) {
    this.error = { type, message: `unable to do it; ${type}`, data }
  }
}

export interface Stage {
  /** Every frame of every socket, oldest first. */
  readonly heard: Heard[]
  /** Those frames by name. */
  of(action: string): Heard[]
  /** May be changed at any time; what is not named is never answered. */
  readonly answers: Record<string, Answer>
  /** How a token is answered: status and body. */
  token: { status: number; body: unknown }
  /** Requests for tokens, oldest first. */
  readonly tokens: unknown[]
  push(action: string, payload: object): void
  /** Answers a request that was left unanswered, on the newest socket. */
  answer(heard: Heard | undefined, payload: object): void
  readonly far: FarEnd
}

const FAR_FUTURE_S = 365 * 24 * 60 * 60

export const welcome = {
  version: '1',
  features: Object.keys(CUSTOMER_ACTIONS),
  epoch: 'first',
  user_seq: 0,
  chats: [],
  customer_id: 'me',
  customer: { id: 'me', type: 'customer', session_fields: [], created_at: '2026-03-02T09:00:00.000Z' },
} as const

export function openStage(network: Network): Stage {
  let newest: Wire | null = null
  const send = (frame: object) => newest?.send(JSON.stringify(frame))

  const stage: Stage = {
    heard: [],
    of: (action) => stage.heard.filter((heard) => heard.action === action),
    answers: { login: () => welcome, ping: () => ({}), list_chats: () => ({ chats_summary: [], total_chats: 0 }) },
    token: {
      status: 200,
      body: { access_token: 'a', token_type: 'Bearer', expires_in: FAR_FUTURE_S, customer_id: 'me', refresh_token: 'r' },
    },
    tokens: [],
    push: (action, payload) => send({ action, type: 'push', payload }),
    answer(heard, payload) {
      const { action, request_id } = heard ?? { action: '' }
      if (payload instanceof No) send({ request_id, action, type: 'response', success: false, payload: { error: payload.error } })
      else send({ request_id, action, type: 'response', success: true, payload })
    },
    far: {
      accept(wire) {
        newest = wire
        const receive = (text: string) => {
          const heard = JSON.parse(text) as Heard
          stage.heard.push(heard)
          const payload = stage.answers[heard.action]?.(heard.payload ?? {})
          if (payload && wire === newest) stage.answer(heard, payload)
        }
        return { receive, pong() {}, closed() {} }
      },
      async fetch({ body }) {
        stage.tokens.push(JSON.parse(body ?? ''))
        return { status: stage.token.status, body: JSON.stringify(stage.token.body), header: () => null }
      },
    },
  }
  network.listen(stage.far)
  return stage
}
