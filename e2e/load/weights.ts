/** What the scripts weigh after brotli, as the last build made them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

const folder = fileURLToPath(new URL('../../dist/public/', import.meta.url))

export function printWeights(): void {
  console.log('\nScripts after brotli')
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const bytes = brotliCompressSync(readFileSync(join(folder, name))).length
    console.log(`  ${name.padEnd(18)} ${(bytes / 1000).toFixed(2).padStart(8)} kB`)
  }
}
