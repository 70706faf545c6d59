/** Pages that the server writes itself: every word that goes into one is escaped here. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const RIGHT_TO_LEFT = ['ar', 'he']

export const text = (words: string): string => words.replace(/[&<>"']/g, (letter) => ESCAPES[letter] as string)

/** For between quotes, which are escaped as well. */
export const attribute = text

interface Page {
  readonly lang: string
  readonly title: string
  /** The address of its style sheet. */
  readonly styles: string
  /** Markup: what comes from elsewhere was escaped. */
  readonly body: string
}

export const page = ({ lang, title, styles, body }: Page): string => `<!doctype html>
<html lang="${attribute(lang)}" dir="${RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${text(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${attribute(styles)}">
  </head>
  <body>
    ${body}
  </body>
</html>
`

/** What a browser would rather read, of what there is: the first of them where it says nothing that helps. */
export function preferred(accepted: string | null, languages: readonly string[]): string {
  const wanted = (accepted ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((q) => q !== undefined)
    return { language: tag.split('-', 1)[0] ?? '', quality: Number(quality ?? 1) }
  })
  const known = wanted.filter(({ language, quality }) => languages.includes(language) && quality > 0)
  return known.sort((a, b) => b.quality - a.quality)[0]?.language ?? languages[0] ?? 'en'
}
