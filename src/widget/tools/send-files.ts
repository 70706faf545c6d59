/** Sends what was attached, by a module that is loaded with the first file. */
import { createCell, type View } from '../../ui/view.ts'
import type { Face, ToolProps } from '../app/face.ts'
import type { Later } from '../later.ts'

type Files = Awaited<ReturnType<Later['files']>>

const loaded = createCell<Files | undefined>(undefined)

/** What shows files on their way, once there are any. */
export const filesModule: View<Files | undefined> = loaded

export function sendFiles(face: Face, { conversation, attached }: ToolProps): void {
  const files = attached.state
  if (files.length === 0) return
  attached.set([])
  face.load('files').then(
    (module) => {
      loaded.set(module)
      module.send(face.session, conversation, files)
    },
    () => {
      attached.set([...files, ...attached.state])
      face.tell(face.words.notHere)
    },
  )
}
