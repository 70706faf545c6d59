/** The door `porchlight/server-sdk`: what a host's own back end does with an API key. */
export { Auth } from './auth.ts'
export type {
  AddUsersParams,
  Chat,
  ChatKind,
  ChatStatus,
  ChatUser,
  CreateChatParams,
  EditEventParams,
  Event,
  Membership,
  Properties,
  QuotedEvent,
  Rating,
  Reaction,
  Replies,
  Role,
  SendEventParams,
  SentEvent,
  Thread,
  UpdateChatParams,
  Visibility,
} from './chat-types.ts'
export { type ChatFilter, Chats, type Left } from './chats.ts'
export {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  NetworkError,
  NotFoundError,
  PermissionError,
  PorchlightError,
  RateLimitError,
  ServerError,
  SignatureError,
  TimeoutError,
  ValidationError,
} from './errors.ts'
export { type EventOrder, Events } from './events.ts'
export { type Bytes, Files, type UploadParams } from './files.ts'
export type { List, NumberedList } from './lists.ts'
export type { ListParams, NumberedPage, Page, PageParams, RequestOptions } from './options.ts'
export { Porchlight, type PorchlightOptions } from './porchlight.ts'
export type { HeadersLike, WebhookEvent } from './signatures.ts'
export type {
  CreateTokenParams,
  CreateUserParams,
  CustomFields,
  Erased,
  PendingUpload,
  Scope,
  StoredFile,
  Token,
  UpdateUserParams,
  UploadedFile,
  User,
  UserFields,
  UserInfo,
  UserStatus,
  VerifiedToken,
} from './types.ts'
export { type UserFilter, Users } from './users.ts'
export type { RegisteredWebhook, RegisterWebhookParams, UpdateWebhookParams, Webhook, WebhookDelivery } from './webhook-types.ts'
export { type DeliveryFilter, Webhooks } from './webhooks.ts'
