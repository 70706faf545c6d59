/** A process that can die at any moment: from then on nothing of it is written to its database or its files, or read, as after `kill -9`. */
import type { Files } from '../../src/server/files/files.ts'
import { type Driver, type OpenDriver, openNodeDriver, type Statement } from '../../src/server/store/sqlite/driver.ts'

/** Where death waits: in a transaction, or when the bytes of a file are safe and nobody knows. */
export type Moment = 'before commit' | 'after commit' | 'after file'

/** It is the process that dies, never the machine: what it has written need not have reached the disk. */
export const openUnsynced: OpenDriver = (path) => {
  const driver = openNodeDriver(path)
  return { ...driver, exec: (sql) => driver.exec(sql.replace(/synchronous = FULL/, 'synchronous = OFF')) }
}

export class Mortality {
  #dead = false
  #moment: Moment | null = null
  readonly #drivers = new Set<Driver>()
  readonly #died: () => void

  constructor(died: () => void) {
    this.#died = died
  }

  get dead(): boolean {
    return this.#dead
  }

  /** Dies at the next one: what was being written is lost, or written and not answered. */
  await(moment: Moment): void {
    this.#moment = moment
  }

  /** No death waits any more. */
  calm(): void {
    this.#moment = null
  }

  /** Dies now. What the file has not been told is gone. */
  die(): void {
    if (this.#dead) return
    this.#dead = true
    for (const driver of this.#drivers) driver.close()
    this.#died()
  }

  drivers(open: OpenDriver): OpenDriver {
    return (path) => {
      const driver = open(path)
      this.#drivers.add(driver)
      return this.#wrap(driver)
    }
  }

  files({ write, read, remove }: Files): Files {
    const alive = async <T>(act: () => Promise<T>): Promise<T> => {
      const result = await this.#alive(act)
      return this.#alive(() => result)
    }
    return {
      write: (id, bytes) =>
        alive(async () => {
          await write(id, bytes)
          if (this.#moment === 'after file') this.die()
        }),
      read: (id, range) => alive(() => read(id, range)),
      remove: (id) => alive(() => remove(id)),
    }
  }

  #wrap(driver: Driver): Driver {
    return {
      prepare: <Row>(sql: string): Statement<Row> => {
        const statement = this.#alive(() => driver.prepare<Row>(sql))
        return {
          run: (...values) => this.#at(sql, () => statement.run(...values)),
          get: (...values) => this.#alive(() => statement.get(...values)),
          all: (...values) => this.#alive(() => statement.all(...values)),
        }
      },
      exec: (sql) => this.#at(sql, () => driver.exec(sql)),
      close: () => {
        if (this.#drivers.delete(driver) && !this.#dead) driver.close()
      },
    }
  }

  /** Does it, unless death waits before or after it. */
  #at<T>(sql: string, act: () => T): T {
    const commits = /^\s*COMMIT/i.test(sql)
    if (commits && this.#moment === 'before commit') this.die()
    const result = this.#alive(act)
    if (commits && this.#moment === 'after commit') this.die()
    return this.#alive(() => result)
  }

  #alive<T>(act: () => T): T {
    if (this.#dead) throw new Error('the process is dead')
    return act()
  }
}
