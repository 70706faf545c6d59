/** What an API key may be allowed, for people who make keys: each action of a back end needs one of these. */

export const SCOPES = [
  'auth',
  'users:read',
  'users:write',
  'chats:read',
  'chats:write',
  'events:read',
  'events:write',
  'files:read',
  'files:write',
  'webhooks',
] as const

export type Scope = (typeof SCOPES)[number]
