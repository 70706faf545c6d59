/** The public types of the server SDK, with those of chats and webhooks in files of their own. None needs a library. */

/** Flat data of your own about a user. Shown to back ends only. */
export type CustomFields = Record<string, string | number | boolean>

/** What an API key may do; each operation names the one it needs. */
export type Scope =
  | 'auth'
  | 'users:read'
  | 'users:write'
  | 'chats:read'
  | 'chats:write'
  | 'events:read'
  | 'events:write'
  | 'files:read'
  | 'files:write'
  | 'webhooks'

/** Who is suspended is signed out, and gets no token until they are active again. */
export type UserStatus = 'active' | 'suspended'

/** What can be said of a user. */
export interface UserFields {
  /** Of which there is one in the organization. */
  username?: string
  display_name?: string
  nickname?: string
  email?: string
  avatar?: string
  /** A word beside the name, such as `VIP`. */
  badge?: string
  status?: UserStatus
  custom?: CustomFields
}

/** A user of your organization, as a back end sees them. */
export interface User extends UserFields {
  id: string
  type: 'customer' | 'agent' | 'bot'
  /** Your own id of them. Absent on visitors whom you have not vouched for. */
  external_id?: string
  status: UserStatus
  custom: CustomFields
  created_at: string
}

export interface CreateUserParams extends UserFields {
  /** Your own id of them: 1–255 characters. */
  external_id: string
  /** `customer` unless told otherwise. Agents and bots have a `display_name` and an `avatar`, and none of the other fields. */
  type?: User['type']
}

/** Null takes away what was there. */
export type UpdateUserParams = { [F in keyof UserFields]?: UserFields[F] | (F extends 'status' | 'custom' ? never : null) }

export interface UserInfo {
  avatar_url?: string
  nickname?: string
  badge?: string
  custom?: CustomFields
}

export interface CreateTokenParams {
  /** Your own id of the user. */
  user_id: string
  user_name?: string
  email?: string
  user_info?: UserInfo
  /** `user` is another word for `customer`, and what is meant when nothing is said. */
  role?: 'user' | 'customer' | 'agent'
  /** Chats that the user is let into at once; at most 50. */
  channels?: string[]
  /** Seconds, 60 to 86400; 24 h unless told otherwise. */
  expires_in?: number
}

export interface Token {
  token: string
  expires_at: string
}

export interface VerifiedToken {
  user: User
  issued_at: string
  expires_at: string
}

export interface Erased {
  user_id: string
  /** What is gone, in words. */
  erased: string[]
  /** What stays without the person: so many chats that name somebody unnamed, and so many events without content. */
  remaining: { chats: number; blanked_events: number }
}

export interface UploadedFile {
  file_id: string
  name: string
  /** Good for an hour. */
  url: string
  /** Decided by the bytes. */
  content_type: string
  size: number
  width?: number
  height?: number
}

export interface StoredFile extends UploadedFile {
  created_at: string
  /** Whether an event has it. One that none has goes after 24 h. */
  used: boolean
}

export interface PendingUpload {
  file_id: string
  /** Where to `PUT` the bytes, within 15 minutes. */
  upload_url: string
  expires_at: string
}
