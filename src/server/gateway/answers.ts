/** How often bots answer whom, and from where those write who are answered: only the gateway knows, and it forgets with the process (BOT8). */
import type { Answers as Counting } from '../domain/context.ts'
import { addressKey } from './address.ts'
import type { RateLimiter } from './ratelimit.ts'

/** Customers whose address is remembered. Those who wrote longest ago are forgotten first. */
const MAX_ADDRESSES = 100_000

type Counted = readonly [rate: 'bot_day' | 'bot_visitor' | 'bot_address', key: string]

export class Answers implements Counting {
  readonly #rates: RateLimiter
  readonly #addresses = new Map<string, string>()

  constructor(rates: RateLimiter) {
    this.#rates = rates
  }

  /** A customer has written from there. */
  met(user_id: string, address: string): void {
    this.#addresses.delete(user_id)
    this.#addresses.set(user_id, addressKey(address))
    if (this.#addresses.size <= MAX_ADDRESSES) return
    const [longestAgo = ''] = this.#addresses.keys()
    this.#addresses.delete(longestAgo)
  }

  wait(organization_id: string, customers: readonly string[]): number {
    return Math.max(...this.#counted(organization_id, customers).map(([rate, key]) => this.#rates.wait(rate, key)))
  }

  count(organization_id: string, customers: readonly string[]): void {
    for (const [rate, key] of this.#counted(organization_id, customers)) this.#rates.take(rate, key)
  }

  #counted(organization_id: string, customers: readonly string[]): Counted[] {
    const addresses = new Set(customers.flatMap((id) => this.#addresses.get(id) ?? []))
    return [
      ['bot_day', organization_id],
      ...customers.map((id): Counted => ['bot_visitor', id]),
      ...[...addresses].map((address): Counted => ['bot_address', `${organization_id} ${address}`]),
    ]
  }
}
