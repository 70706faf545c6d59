/** A command's result for people: fields one a line, lists as tables. */

type Row = Readonly<Record<string, unknown>>

export function show(result: object): string {
  const lists = Object.entries(result).filter((field): field is [string, Row[]] => isRows(field[1]))
  const fields = Object.entries(result).filter(([, value]) => !isRows(value))
  const width = Math.max(0, ...fields.map(([name]) => name.length))
  const lines = fields.map(([name, value]) => `${name.padEnd(width)}  ${written(value)}`)
  return [...lines, ...lists.flatMap(([, rows]) => table(rows))].join('\n')
}

const isRows = (value: unknown): value is Row[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && item !== null)

const written = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(', ') || '–'
  if (typeof value !== 'object' || value === null) return String(value ?? '–')
  return Object.entries(value)
    .map(([name, one]) => `${name}=${one}`)
    .join(' ')
}

function table(rows: readonly Row[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [names, ...rows.map((row) => names.map((name) => written(row[name])))]
  const widths = names.map((_, at) => Math.max(...lines.map((line) => (line[at] as string).length)))
  return lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] as number))
      .join('  ')
      .trimEnd(),
  )
}
