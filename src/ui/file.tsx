/** A file in the log: an image as it looks, anything else by its name, with what it is. Both lead to the file. */
import type { ShownFile } from '../protocol/files.ts'
import { useLanguage } from './language.ts'

export function FileView({ name, url, content_type, size, width, height }: ShownFile) {
  const { locale } = useLanguage()
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {width ? (
        // Its place is kept before it is there, by the size that the server found.
        <img src={url} alt={name} width={width} height={height} />
      ) : (
        <bdi>
          {name}
          <small>
            {/\/(\w{2,5})$/.exec(content_type)?.[1]} {Math.ceil(size / 1000).toLocaleString(locale)} kB
          </small>
        </bdi>
      )}
    </a>
  )
}
