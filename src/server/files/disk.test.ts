/** Files in a folder keep the contract of all files, and leave no half behind. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDiskFiles } from './disk.ts'
import { filesContract } from './files.contract.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'porchlight-files-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

filesContract('disk', async () => openDiskFiles(folder()))

const ID = 'abcdefgh01234567'
const paths = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

async function* once(text: string) {
  yield Buffer.from(text)
}

test('a file lies under its id, for the server alone', async () => {
  const root = folder()
  await openDiskFiles(root).write(ID, once('hello'))
  expect(paths(root)).toEqual([join(root, 'ab', ID)])
  expect(statSync(join(root, 'ab', ID)).mode & 0o777).toBe(0o600)
})

test('half a file, left by a server that was killed, is gone at the next start, and whole ones stay', async () => {
  const root = folder()
  await openDiskFiles(root).write(ID, once('hello'))
  writeFileSync(join(root, 'incoming', 'x'.repeat(32)), 'half')
  const files = openDiskFiles(root)
  expect(paths(root)).toEqual([join(root, 'ab', ID)])
  expect(await (await files.read(ID))?.toArray()).toEqual([Buffer.from('hello')])
})

test('what cannot be put in its place leaves nothing', async () => {
  const root = folder()
  const files = openDiskFiles(root)
  writeFileSync(join(root, 'ab'), 'in the way')
  await expect(files.write(ID, once('hello'))).rejects.toThrow()
  expect(paths(root)).toEqual([join(root, 'ab')])
})

test('a reader that goes away lets go of the file', async () => {
  const root = folder()
  const files = openDiskFiles(root)
  await files.write(ID, once('x'.repeat(1_000_000)))
  const open = () => readdirSync('/proc/self/fd').length
  const before = open()
  for (let at = 0; at < 20; at++) (await files.read(ID))?.destroy()
  await expect.poll(open).toBeLessThanOrEqual(before)
})
