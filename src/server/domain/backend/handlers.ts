/** Every action of a back end: the domain function that carries it out, and how a repeated request is known and answered. */
import type { ServerAction } from '../../../protocol/actions.ts'
import type { Context, Outcome } from '../context.ts'
import { createUpload } from '../file-access.ts'
import { uploadFile } from '../files.ts'
import type { Again } from '../handlers.ts'
import {
  chatAnswer,
  updatedAnswer as chatUpdated,
  createChat,
  createdBy,
  deleteChat,
  getChat,
  listChats,
  nothing,
  updateChat,
} from './chats.ts'
import { listWebhookDeliveries, replayedAnswer, replayWebhookDelivery } from './deliveries.ts'
import { deleteUser, erasedAnswer } from './erasure.ts'
import { alteredAnswer, deleteEvent, editEvent, getEvent, listEvents, sendEvent, sentAnswer, sentAs } from './events.ts'
import { deleteFile, getFile } from './files.ts'
import { addUsers, joinChat, leaveChat, leftAnswer, removeUser } from './members.ts'
import { createToken, refreshToken, revokedAnswer, revokeTokens, tokenAnswer, verifyToken } from './tokens.ts'
import { createdAnswer, createUser, getUser, listUsers, updatedAnswer, updateUser } from './users.ts'
import {
  listWebhooks,
  registeredAnswer,
  registerWebhook,
  rotatedAnswer,
  rotateWebhookSecret,
  unregisterWebhook,
  updatedWebhookAnswer,
  updateWebhook,
} from './webhooks.ts'

type Handlers = { readonly [A in ServerAction]: (ctx: Context, request: never) => Promise<Outcome> }

export const BACKEND_HANDLERS = {
  create_token: createToken,
  refresh_token: refreshToken,
  revoke_tokens: revokeTokens,
  verify_token: verifyToken,
  create_user: createUser,
  get_user: getUser,
  list_users: listUsers,
  update_user: updateUser,
  delete_user: deleteUser,
  create_chat: createChat,
  get_chat: getChat,
  list_chats: listChats,
  update_chat: updateChat,
  delete_chat: deleteChat,
  add_users_to_chat: addUsers,
  remove_user_from_chat: removeUser,
  join_chat: joinChat,
  leave_chat: leaveChat,
  send_event: sendEvent,
  list_events: listEvents,
  get_event: getEvent,
  edit_event: editEvent,
  delete_event: deleteEvent,
  /** Of what the gateway has taken in. */
  upload_file: uploadFile,
  create_upload: createUpload,
  get_file: getFile,
  delete_file: deleteFile,
  register_webhook: registerWebhook,
  list_webhooks: listWebhooks,
  update_webhook: updateWebhook,
  unregister_webhook: unregisterWebhook,
  rotate_webhook_secret: rotateWebhookSecret,
  list_webhook_deliveries: listWebhookDeliveries,
  replay_webhook_delivery: replayWebhookDelivery,
} satisfies Handlers

/** Of every action that takes a key: what it did the first time may be what refuses it the second. */
export const BACKEND_AGAIN: { readonly [A in ServerAction]?: Again } = {
  create_token: { answer: tokenAnswer },
  revoke_tokens: { answer: revokedAnswer },
  create_user: { answer: createdAnswer },
  update_user: { answer: updatedAnswer },
  delete_user: { answer: (ctx, { subject }) => erasedAnswer(ctx, subject ?? '') },
  create_chat: { knownAs: createdBy, answer: chatAnswer },
  update_chat: { answer: chatUpdated },
  delete_chat: { answer: nothing },
  add_users_to_chat: { answer: chatUpdated },
  remove_user_from_chat: { answer: leftAnswer },
  join_chat: { answer: chatUpdated },
  leave_chat: { answer: leftAnswer },
  send_event: { knownAs: sentAs, answer: sentAnswer },
  edit_event: { answer: alteredAnswer },
  delete_event: { answer: alteredAnswer },
  delete_file: { answer: nothing },
  register_webhook: { answer: registeredAnswer },
  update_webhook: { answer: updatedWebhookAnswer },
  unregister_webhook: { answer: nothing },
  rotate_webhook_secret: { answer: rotatedAnswer },
  replay_webhook_delivery: { answer: replayedAnswer },
}
