/** What the scripts weigh after brotli, as the last build made them. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../dist/public/', import.meta.url))

export function printWeights(): void {
  console.log('\nScripts after brotli')
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js.br'))) {
    const bytes = statSync(join(folder, name)).size
    console.log(`  ${name.slice(0, -'.br'.length).padEnd(18)} ${(bytes / 1000).toFixed(2).padStart(8)} kB`)
  }
}
