/**
 * What a first message does not need is loaded when it is first wanted. For a script tag each module is a file of its own on
 * the server, and is given what `kit.ts` lists; elsewhere it is a module like any other.
 */
import { once } from './once.ts'

export const later = {
  home: once((_server: string) => import('./home/index.ts')),
}
