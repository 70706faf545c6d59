/** What the application itself knows of users: asked of it when it is wanted, and kept. */
import { report } from '../kit/emitter.ts'
import type { Rich } from './api.ts'
import type { UserProfile, UserResolver } from './types.ts'

export function createUsers(resolve: UserResolver = () => null): Rich<unknown>['users'] {
  const profiles = new Map<string, UserProfile | null>()
  const asked = new Map<string, Promise<UserProfile | null>>()
  const listeners = new Map<string, Set<() => void>>()

  const tell = (user: string) => {
    for (const listener of [...(listeners.get(user) ?? [])]) {
      try {
        listener()
      } catch (error) {
        report(error)
      }
    }
  }

  /** What was forgotten meanwhile is not remembered by it. */
  const ask = (user: string) => {
    const answer: Promise<UserProfile | null> = Promise.resolve()
      .then(() => resolve(user))
      .then((profile) => {
        if (asked.get(user) === answer) {
          profiles.set(user, profile)
          tell(user)
        }
        return profile
      })
      .finally(() => asked.get(user) === answer && asked.delete(user))
    asked.set(user, answer)
    return answer
  }

  const forget = (user: string) => {
    asked.delete(user)
    if (profiles.delete(user)) tell(user)
  }

  return {
    peek: (user) => profiles.get(user),
    async get(user) {
      const known = profiles.get(user)
      return known === undefined ? (asked.get(user) ?? ask(user)) : known
    },
    subscribe(user, listener) {
      const own = () => listener()
      const all = listeners.get(user) ?? new Set()
      listeners.set(user, all.add(own))
      return () => {
        all.delete(own)
        if (!all.size && listeners.get(user) === all) listeners.delete(user)
      }
    },
    invalidate: forget,
    invalidateAll() {
      for (const user of new Set([...profiles.keys(), ...asked.keys()])) forget(user)
    },
  }
}
