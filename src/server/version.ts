/** Which release this is, and where its files lie: the same way up from the sources as from the build. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

/** What browsers load, as the build made it. */
export const publicDirectory = join(root, 'dist', 'public')
