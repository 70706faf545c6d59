/** Promises by name, made when somebody asks and kept until they are settled. */

export interface Promises<T> {
  of(name: string): Promise<T>
  has(name: string): boolean
  resolve(name: string, value: T): void
  reject(name: string, error: unknown): void
}

interface Open<T> {
  promise?: Promise<T>
  resolve?(value: T): void
  reject?(error: unknown): void
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
      const found: Open<T> = open.get(name) ?? {}
      open.set(name, found)
      found.promise ??= new Promise((resolve, reject) => Object.assign(found, { resolve, reject }))
      return found.promise
    },
    has: (name) => open.has(name),
    resolve: (name, value) => take(name)?.resolve?.(value),
    reject: (name, error) => take(name)?.reject?.(error),
  }
}
