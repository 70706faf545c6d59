/** The files that a message brings: pictures side by side, all else by name. */
import type { UploadedFile } from '../protocol/files.ts'
import { FileView } from './file.tsx'

export function Attachments({ files }: { readonly files: readonly UploadedFile[] }) {
  const pictures = files.filter(({ width }) => width)
  const others = files.filter(({ width }) => !width)
  return (
    <>
      {pictures.length > 0 && (
        <div class="pictures" data-count={pictures.length}>
          {pictures.map((file) => (
            <FileView key={file.file_id} {...file} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <FileView key={file.file_id} {...file} />
      ))}
    </>
  )
}
