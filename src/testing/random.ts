/** Chance that repeats: everything drawn follows from a seed. */

export interface Random {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(choices: readonly T[]): T
  /** A choice by weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T
  /** 128 bits as text. */
  id(): string
  /** Another stream that follows from this one and does not disturb it. */
  fork(name: string): Random
}

/** A 32-bit number out of a text (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

/** Mulberry32: small, fast, and good enough to vary a schedule. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function createRandom(seed: number | string): Random {
  const next = mulberry(hash(String(seed)))
  const word = () =>
    Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  const random: Random = {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick<T>(choices: readonly T[]): T {
      const choice = choices[Math.floor(next() * choices.length)]
      if (choice === undefined) throw new Error('unable to pick; there is no choice')
      return choice
    },
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      const names = Object.keys(weights) as T[]
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      const found = names.find((name) => {
        left -= weights[name]
        return left < 0
      })
      return found ?? random.pick(names)
    },
    id: () => word() + word() + word() + word(),
    fork: (name) => createRandom(`${seed}/${name}`),
  }
  return random
}
