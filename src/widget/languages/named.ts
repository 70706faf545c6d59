/** Names of people, files and the like: kept apart from the words around them, so that neither turns the other's signs around. */

const RIGHT_TO_LEFT = /[\u0590-\u08ff]/

/** By signs that nobody sees. */
export const apart = (name: string): string => `\u2068${name}\u2069`

/** A sentence with names in it, which are kept apart where anything in it runs right to left. Those of people come so from `nameOf`. */
export function named(parts: TemplateStringsArray, ...names: string[]): string {
  const sentence = String.raw({ raw: parts }, ...names)
  return RIGHT_TO_LEFT.test(sentence) ? String.raw({ raw: parts }, ...names.map(apart)) : sentence
}
