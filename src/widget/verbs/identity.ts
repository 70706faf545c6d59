/** Who the visitor is by the host's word: what the SDK does about that, for the session of a widget. */
import { createIdentity, look, leave as settle } from '../../sdk/customer/identity.ts'
import type { Part } from '../../sdk/customer/part.ts'
import type { Session } from '../app/session.ts'
import type { Visit } from '../visit.ts'
import { LOOK, WITHDRAWN } from './tabs.ts'
import { withdraw } from './withdraw.ts'

/** Each session is a part of its own, and stays the same one. */
const parts = new WeakMap<Session, Part>()

function partOf(visit: Visit, session = visit.session()): Part {
  const part: Part = parts.get(session) ?? {
    ...session.sdk.ground,
    emit: () => {},
    now: () => partOf(visit),
    tellTabs: () => visit.post(LOOK),
    turn: 0,
    get leaving() {
      return visit.leaving as Promise<unknown>
    },
  }
  parts.set(session, part)
  return part
}

export async function identify(visit: Visit, token: string): Promise<void> {
  await createIdentity(partOf(visit)).identify(token)
}

export async function logout(visit: Visit): Promise<void> {
  visit.tracked.length = 0
  await createIdentity(partOf(visit)).logout()
}

/** Another tab has said that somebody else took over, or that nothing may be kept any more. */
export async function hear(visit: Visit, message: unknown): Promise<unknown> {
  return message === WITHDRAWN ? withdraw(visit) : look(partOf(visit))
}

/** Whoever was there before: what they sent may still arrive for a while, what is left has failed. */
export const leave = ({ sdk }: Session): Promise<void> => settle(sdk.ground)
