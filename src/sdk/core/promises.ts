/** Promises by name, made when somebody asks and kept until they are settled. */

export interface Promises<T> {
  of(name: string): Promise<T>
  has(name: string): boolean
  resolve(name: string, value: T): void
  reject(name: string, error: Error): void
}

interface Open<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: Error): void
}

export function createPromises<T>(): Promises<T> {
  const open = new Map<string, Open<T>>()
  const take = (name: string) => {
    const found = open.get(name)
    open.delete(name)
    return found
  }
  return {
    of(name) {
      let found = open.get(name)
      if (!found) {
        let settle = {} as Omit<Open<T>, 'promise'>
        const promise = new Promise<T>((resolve, reject) => {
          settle = { resolve, reject }
        })
        found = { promise, ...settle }
        open.set(name, found)
      }
      return found.promise
    },
    has: (name) => open.has(name),
    resolve: (name, value) => take(name)?.resolve(value),
    reject: (name, error) => take(name)?.reject(error),
  }
}
