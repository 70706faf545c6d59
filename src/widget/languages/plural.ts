/** The form of a word that goes with a number, by the rules of its language. */

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** `count` as it is shown, `99+` for one, takes the place of `#`. */
export function plural(language: string, count: string, forms: Forms): string {
  const rule = new Intl.PluralRules(language).select(Number.parseInt(count, 10))
  return (forms[rule] ?? forms.other).replace('#', count)
}
