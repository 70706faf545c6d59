/** Remembers what was used last, up to a bound: what was not used for longest is forgotten first. */

export interface Recent<Key, Value> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  delete(key: Key): void
  clear(): void
}

export function createRecent<Key, Value>(bound: number): Recent<Key, Value> {
  // A map keeps the order in which its keys were set.
  const values = new Map<Key, Value>()
  const set = (key: Key, value: Value): void => {
    values.delete(key)
    values.set(key, value)
  }
  return {
    get(key) {
      const value = values.get(key)
      if (value !== undefined) set(key, value)
      return value
    },
    set(key, value) {
      set(key, value)
      const [oldest] = values.size > bound ? values.keys() : []
      if (oldest !== undefined) values.delete(oldest)
    },
    delete: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}
