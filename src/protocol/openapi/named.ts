/** The schemas that have a name of their own in the document; all others are written where they occur. */
import { Activity, TrackedData } from '../activity.ts'
import { Chat, ChatKind, ChatStatus } from '../chats.ts'
import { ERRORS } from '../errors.ts'
import {
  Amends,
  BackendEvent,
  Event,
  NewCustom,
  NewEvent,
  NewFile,
  NewMessage,
  NewSystemMessage,
  QuotedEvent,
  Visibility,
} from '../events.ts'
import { UploadedFile } from '../files.ts'
import { Properties, PropertyNames } from '../properties.ts'
import { LOG_PUSHES, USER_PUSHES } from '../pushes.ts'
import { Rating } from '../ratings.ts'
import { Reaction } from '../reactions.ts'
import { Parent, Replies } from '../replies.ts'
import { open, optional, Time, type TSchema, Type } from '../schema.ts'
import { Thread } from '../threads.ts'
import { SessionResponse, TokenResponse, UserInfo } from '../tokens.ts'
import {
  Agent,
  BackendUser,
  ChatUser,
  Customer,
  CustomerDetails,
  CustomerPage,
  CustomFields,
  Mention,
  Role,
  SessionFields,
  UserStatus,
  UserType,
} from '../users.ts'
import { DeliveryStatus, Webhook, WebhookDelivery } from '../webhooks.ts'

/** The actions leave entries open, since clients pass on those they do not know. These are the ones there are. */
const Entry = Type.Union(
  Object.entries({ ...LOG_PUSHES, ...USER_PUSHES }).map(([action, payload]) => open({ action: Type.Literal(action), payload })),
)

const Failure = open({
  error: open({
    type: Type.Union(Object.keys(ERRORS).map((type) => Type.Literal(type))),
    message: Type.String(),
    data: optional(open({ path: optional(Type.String()), retry_after_ms: optional(Type.Integer()), limit: optional(Type.Integer()) })),
  }),
})

export const NAMED = {
  Activity,
  Agent,
  Amends,
  BackendEvent,
  BackendUser,
  Chat,
  ChatKind,
  ChatStatus,
  ChatUser,
  CustomFields,
  Customer,
  CustomerDetails,
  CustomerPage,
  DeliveryStatus,
  Entry,
  Error: Failure,
  Event,
  NewCustom,
  NewEvent,
  NewFile,
  NewMessage,
  Mention,
  Parent,
  QuotedEvent,
  Reaction,
  Replies,
  Role,
  NewSystemMessage,
  Properties,
  PropertyNames,
  Rating,
  Session: SessionResponse,
  SessionFields,
  Thread,
  Time,
  Tokens: TokenResponse,
  TrackedData,
  UploadedFile,
  UserInfo,
  UserStatus,
  UserType,
  Visibility,
  Webhook,
  WebhookDelivery,
} satisfies Record<string, TSchema>

export type SchemaName = keyof typeof NAMED
