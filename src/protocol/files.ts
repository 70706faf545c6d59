/** Files: uploaded first and apart, then named by an event, and reached by an address that holds for an hour. */
import { closed, Id, open, optional, type Static, Time, Type, text } from './schema.ts'

/** A client's own name for an upload, unique per uploader: the name of the chat may be part of it. */
const UploadId = text(256, 1)

/** What everyone in the chat sees of a file. */
export const ShownFile = open({
  name: Type.String(),
  /** A capability: whoever has it may read the file, until it ends. Made afresh each time it is told. */
  url: Type.String(),
  /** Decided by the bytes, whatever the uploader said. */
  content_type: Type.String(),
  size: Type.Integer({ description: 'Bytes.' }),
  /** Of images, as they are to be shown. */
  width: optional(Type.Integer()),
  height: optional(Type.Integer()),
})
export type ShownFile = Static<typeof ShownFile>

export const UploadedFile = open({ file_id: Id, ...ShownFile.properties })
export type UploadedFile = Static<typeof UploadedFile>

export const files = {
  /** Over HTTP, as `multipart/form-data`: the bytes in the part `file`, and `custom_id` in a part of its own or in the address. */
  upload: {
    request: closed({ custom_id: optional(UploadId) }),
    response: UploadedFile,
  },
  /** Where to `PUT` the bytes, for whoever is to send them; the address ends soon. */
  createUpload: {
    request: closed({ name: text(255, 1), custom_id: optional(UploadId) }),
    response: open({ file_id: Id, upload_url: Type.String(), expires_at: Time }),
  },
  get: {
    request: closed({ file_id: Id }),
    response: open({ file: open({ ...UploadedFile.properties, created_at: Time, used: Type.Boolean() }) }),
  },
  /** By its id, also one that is in an event, which stays without; by the name of its upload one that is in none. */
  delete: {
    request: closed({ file_id: optional(Id), custom_id: optional(UploadId) }),
    response: open({}),
  },
}

/** For back ends, in the place of the `delete` of users. */
export const backendFiles = {
  /** Also one that is in an event, which then shows none. */
  delete: { request: closed({ file_id: Id }), response: open({}) },
}
