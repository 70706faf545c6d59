/** Names of people and files within words of ours. */

/** Where the name or the words around it run right to left, it is kept apart, so that neither turns the other's signs around. */
export function isolated(name: string, locale: string): string {
  return name && /^(ar|he)|[\u0590-\u08ff]/.test(locale + name) ? `\u2068${name}\u2069` : name
}

export function listed(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale).format(names.map((name) => isolated(name, locale)))
}
