/** The epoch and the mark beside the file: a database that was rolled back begins another history. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { change, chatOf, done, message, organization, startChat } from '../contract/ground.contract.ts'
import { folder } from './ground.contract.ts'
import { openSqliteStore } from './store.ts'

const file = () => join(folder(), 'porchlight.db')

function open(path: string) {
  const rolledBack: string[] = []
  const store = openSqliteStore({ path, onFatal: () => {}, onRolledBack: () => rolledBack.push(path) })
  return { store, rolledBack }
}

/** A database with a chat, closed; its epoch. */
async function made(path: string): Promise<string> {
  const { store } = open(path)
  await done(store, change([organization('acme', 1)]))
  await done(store, startChat())
  await store.close()
  return store.epoch
}

async function write(path: string, text: string) {
  const { store, rolledBack } = open(path)
  await done(store, change([message('c', 't', text)]))
  await store.close()
  return { epoch: store.epoch, rolledBack: rolledBack.length > 0 }
}

describe('the epoch', () => {
  it('[EPO1] lasts while the history does', async () => {
    const path = file()
    const epoch = await made(path)
    expect(await write(path, 'a')).toEqual({ epoch, rolledBack: false })
    expect(await write(path, 'b')).toEqual({ epoch, rolledBack: false })
    expect(readFileSync(`${path}.high-water`, 'utf8')).toMatch(/^0{15}5\n$/)
  })

  it('[EPO1] changes once when the file is older than its mark', async () => {
    const path = file()
    const epoch = await made(path)
    copyFileSync(path, `${path}.backup`)
    await write(path, 'lost')
    copyFileSync(`${path}.backup`, path)
    const { store, rolledBack } = open(path)
    expect(store.epoch).not.toBe(epoch)
    expect(rolledBack).toEqual([path])
    expect((await chatOf(store, 'c')).seq_agents).toBe(2)
    await store.close()
    expect(await write(path, 'on')).toEqual({ epoch: store.epoch, rolledBack: false })
  })

  it('[EPO1] changes when a read mark or a chat gained was all that was lost', async () => {
    const path = file()
    const epoch = await made(path)
    copyFileSync(path, `${path}.backup`)
    const { store } = open(path)
    await done(store, change([{ write: 'profile_updated', user_id: 'ann' }]))
    await store.close()
    copyFileSync(`${path}.backup`, path)
    expect((await write(path, 'on')).epoch).not.toBe(epoch)
  })

  it('[EPO1] changes when the mark cannot be read, and lasts when there is none', async () => {
    const path = file()
    const epoch = await made(path)
    rmSync(`${path}.high-water`)
    expect((await write(path, 'a')).epoch).toBe(epoch)
    writeFileSync(`${path}.high-water`, 'nonsense')
    const after = await write(path, 'b')
    expect(after.epoch).not.toBe(epoch)
    expect(await write(path, 'c')).toEqual({ epoch: after.epoch, rolledBack: false })
  })

  it('is another one in each database, and so is the secret', async () => {
    const [one, two] = [open(file()).store, open(file()).store]
    expect(one.epoch).not.toBe(two.epoch)
    expect(one.secret).not.toEqual(two.secret)
    await one.close()
    await two.close()
  })
})
