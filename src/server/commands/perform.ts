/** Carries a task out where the data is: in the server that has it open, or on the store itself when none runs. */
import { randomUUID } from 'node:crypto'
import { askAdmin, TaskError } from '../admin.ts'
import { holdsData, openStore } from '../index.ts'
import { inDirectory } from '../store/sqlite/directory.ts'
import { isTaken } from '../store/sqlite/lock.ts'
import { type Place, urlOf } from '../url.ts'
import type { Input } from './office.ts'
import { performIn } from './tasks.ts'

/** Where the data is, and where browsers will find the server once one runs on it. */
type Site = Place & { readonly data: string }

export async function perform(site: Site, task: string, input: Input): Promise<object> {
  return (await askAdmin(site.data, task, input)) ?? onStore(site, task, input)
}

/** The one task that may come first. Any other in an empty place was meant for another. */
const FIRST = 'org create'

async function onStore({ data, ...place }: Site, task: string, input: Input): Promise<object> {
  if (task !== FIRST && !holdsData(data)) {
    throw new TaskError(`there is nothing in ${data} yet; set PORCHLIGHT_DATA, or begin with \`porchlight ${FIRST}\``)
  }
  // Somebody writes there who cannot be asked: one who is just starting, or one whose path is too long for a socket.
  if (inDirectory(data, () => isTaken(data))) throw new TaskError(`the server that has ${data} cannot be asked; stop it, or try again`)
  const store = openStore({ data })
  try {
    // Nobody is connected to a server that does not run: there is nobody to sign out.
    const office = { store, now: Date.now, id: () => randomUUID().replaceAll('-', ''), url: () => urlOf(place), revoke: () => {} }
    return await performIn(office)(task, input)
  } finally {
    await store.close()
  }
}
