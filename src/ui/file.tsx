/** A file in the log: an image as it looks, anything else by its name, with what it is. Both lead to the file. */
import type { ShownFile } from '../protocol/files.ts'
import { Icon } from './icon.tsx'
import { FILE } from './icons.ts'
import { useLanguage } from './language.ts'

export function FileView({ name, url, content_type, size, width, height }: ShownFile) {
  const { locale } = useLanguage()
  const kind = kindOf(name, content_type)
  const link = { href: url, target: '_blank', rel: 'noopener noreferrer' }
  // Its place is kept before it is there, by the size that the server found.
  if (width) {
    return (
      <a {...link} class="picture">
        <img src={url} alt={name} width={width} height={height} />
      </a>
    )
  }
  return (
    <a {...link} class="file">
      <Icon path={FILE} />
      <bdi>{name}</bdi>
      <small>
        {kind && [<bdi>{kind}</bdi>, ' · ']}
        {sizeOf(size, locale)}
      </small>
    </a>
  )
}

/** As people name kinds of files: by the ending. */
function kindOf(name: string, type: string): string | undefined {
  return (/\.(\w{1,5})$/.exec(name) ?? /\/(\w{2,5})$/.exec(type))?.[1]?.toUpperCase()
}

/** `3 kB`, `1.2 MB`, as the reader writes numbers. */
export function sizeOf(bytes: number, locale: string): string {
  const [amount, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount)
}
