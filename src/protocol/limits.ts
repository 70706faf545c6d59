/** Every limit of the wire in one place, as plain numbers that cost a browser nothing. Sizes are bytes, times milliseconds. */

/** The largest frame that is parsed. A larger one is answered `entity_too_large`. */
export const MAX_FRAME_BYTES = 64 * 1024
/** Of where a visitor is. What is longer is cut and not refused, since nobody has chosen it. */
export const MAX_ADDRESS_CHARS = 2048
export const MAX_TITLE_CHARS = 512
/** The largest text of a message, as UTF-8. */
export const MAX_TEXT_BYTES = 16 * 1024
/** The largest `content` of a custom event, as JSON. */
export const MAX_CONTENT_BYTES = 16 * 1024
/** The largest `properties` of one event, one chat or one thread, as JSON. */
export const MAX_PROPERTIES_BYTES = 16 * 1024
/** Sneak peeks longer than this are cut by the client and refused by the server. */
export const MAX_SNEAK_PEEK_CHARS = 2000
/** The longest comment of a rating. */
export const MAX_COMMENT_CHARS = 4000
export const MAX_INITIAL_EVENTS = 20
/** Files that a message brings along. */
export const MAX_ATTACHMENTS = 10
/** Users whom an event names. */
export const MAX_MENTIONS = 50
/** Mentions that somebody who comes back is told of. */
export const MAX_UNREAD_MENTIONS = 100
/** The longest emoji, in UTF-16 units, how many different ones an event can have, and how many in all. */
export const MAX_EMOJI_CHARS = 32
export const MAX_EMOJI = 20
export const MAX_REACTIONS = 1000
/** Answers that a message suggests, and how long each is. */
export const MAX_QUICK_REPLIES = 10
export const MAX_QUICK_REPLY_CHARS = 80
/** Faces that an event with replies has room for. */
export const MAX_LAST_REPLIERS = 3
/** As much of a text as another event quotes, and as much as a chat shows of its last event. */
export const MAX_QUOTE_CHARS = 500
export const MAX_PREVIEW_CHARS = 80
/** The largest `settings` of a chat, as JSON. */
export const MAX_SETTINGS_BYTES = 16 * 1024
export const MAX_SESSION_FIELDS = 100
/** Data of the host's own about a user. */
export const MAX_CUSTOM_FIELDS = 50
/** Users of a chat that a back end makes. */
export const MAX_CHAT_USERS = 500
/** Chats that a token lets its user into. */
export const MAX_CHANNELS = 50
/** A part of a back end's listing, and how much of it comes unasked. */
export const MAX_PAGE = 100
export const DEFAULT_PAGE = 20
/** Webhooks of an organization. */
export const MAX_WEBHOOKS = 20
export const MAX_WEBHOOK_URL_CHARS = 2048
/** Of each webhook so many deliveries are remembered. */
export const MAX_WEBHOOK_DELIVERIES = 1000
/** As many faces as a greeting has room for. */
export const MAX_ONLINE_AGENTS = 5
/** What a customer did on the site: so many pages are kept, and so many events that the site tracks. */
export const MAX_ACTIVITIES = 50
export const MAX_TRACKED_FIELDS = 20
/** The longest text in a tracked event's data. */
export const MAX_TRACKED_CHARS = 256

/** The largest file. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
export const MAX_FILE_NAME_CHARS = 200
/** An image of more is a file like any other: drawing it could end a page. */
export const MAX_IMAGE_PIXELS = 100_000_000

/** Chats a client may name at login, each with the sequence number it holds. */
export const MAX_LOGIN_CHATS = 200
export const MAX_SYNC_ENTRIES = 100
/** A client further behind than this takes the tail first and leaves a hole that fills as the reader scrolls. */
export const MAX_CATCH_UP = 500
export const MAX_PAGE_EVENTS = 100
export const MAX_PAGE_REPLIES = 500
export const MAX_PAGE_THREADS = 1000
export const MAX_PAGE_CHATS_CUSTOMER = 25
export const MAX_PAGE_CHATS_AGENT = 100
/** Unread counts stop here; a client shows `99+`. */
export const MAX_UNREAD = 100

/** A socket that has not logged in by then is closed. */
export const LOGIN_TIMEOUT_MS = 30_000
export const REQUEST_TIMEOUT_MS = 15_000
/** A client that heard nothing for this long sends `ping` … */
export const CLIENT_PING_AFTER_MS = 15_000
/** … and takes the link for dead when nothing came for this long after. Together under 25 s. */
export const CLIENT_PONG_WITHIN_MS = 8_000
/** After the page wakes, the answer must come within this. */
export const CLIENT_WAKE_WITHIN_MS = 3_000
/** The server pings every socket this often and ends one that was silent for two rounds. */
export const SERVER_PING_EVERY_MS = 20_000
export const SNEAK_PEEK_EVERY_MS = 2_000
export const TYPING_EVERY_MS = 3_000
/** A typing indicator that is not renewed ends by itself. */
export const TYPING_EXPIRES_MS = 8_000
export const SEEN_EVERY_MS = 1_000
/** Who is back within this long was not away. */
export const PRESENCE_GRACE_MS = 10_000
/** Who comes and goes in a chat is told this often at most. */
export const PRESENCE_EVERY_MS = 1_000
/** What a bot writes is told to readers this often at most. */
export const PIECE_EVERY_MS = 66
/** Now and then a piece brings all since the last stored step, for whoever missed some of it. */
export const PIECE_WHOLE_EVERY_MS = 1_000
/** A message that a bot writes is stored so long after its beginning, then each time after twice as long, and at last this often. */
export const STREAM_STEP_FIRST_MS = 1_000
export const STREAM_STEP_EVERY_MS = 30_000
/** A bot that writes nothing for so long has ended; so has one that writes for this long, and one whose server stored nothing for this long. */
export const STREAM_SILENCE_MS = 30_000
export const STREAM_LASTS_MS = 10 * 60 * 1000
export const STREAM_ABANDONED_MS = 60_000
/** An upload that takes longer is cut off; so is one that brings nothing for `UPLOAD_IDLE_MS`. */
export const UPLOAD_TIMEOUT_MS = 10 * 60 * 1000
export const UPLOAD_IDLE_MS = 30_000
/** A send that could not be delivered for this long fails for good. */
export const OUTBOX_GIVES_UP_AFTER_MS = 24 * 60 * 60 * 1000

/** An endpoint has this long to answer, and nothing of an answer beyond so many bytes is read. */
export const WEBHOOK_TIMEOUT_MS = 10_000
export const MAX_WEBHOOK_ANSWER_BYTES = 4096
/** The longest wait between two attempts. */
export const WEBHOOK_RETRY_MAX_MS = 60 * 60 * 1000
/** What did not get through for this long is given up; an endpoint that took nothing at all for this long is disabled. */
export const WEBHOOK_GIVES_UP_AFTER_MS = 24 * 60 * 60 * 1000

/** Requests without an answer yet, per socket. */
export const MAX_PENDING_REQUESTS = 10
/** Bytes that may wait for one socket's reader; over it the socket is closed and its client resumes. */
export const MAX_SOCKET_BACKLOG_BYTES = 1024 * 1024
export const MAX_SOCKETS_PER_USER = 20
/** Chats of which a socket is told who comes and goes; beyond it the one that was asked about longest ago is forgotten. */
export const MAX_PRESENCE_CHATS = 200

export const ACCESS_TOKEN_TTL_S = 15 * 60
export const REFRESH_TOKEN_TTL_S = 2 * 365 * 24 * 60 * 60
/** The host's back end vouches for a customer for so long at most; what was given for its word ends with it. */
export const IDENTITY_TOKEN_TTL_S = 24 * 60 * 60
/** So long after its end an identity token can be renewed. */
export const IDENTITY_TOKEN_GRACE_S = 24 * 60 * 60
/** What an API key was before it was rotated counts for so long. */
export const ROTATED_KEY_TTL_S = 24 * 60 * 60
/** A webhook's secret before it was rotated is signed with for so long. */
export const ROTATED_WEBHOOK_SECRET_TTL_S = 24 * 60 * 60
/** Uses of API keys are remembered for so long. */
export const AUDIT_TTL_S = 90 * 24 * 60 * 60
/** A deleted chat is hidden at once, and gone after this. */
export const DELETED_CHAT_TTL_S = 30 * 24 * 60 * 60
/** The address for a two-step upload ends after this. */
export const UPLOAD_URL_TTL_S = 15 * 60
/** Between two rotations of the identity secret the new and the old one count. */
export const MAX_IDENTITY_KEYS = 2
/** Without a login for so long a page shows no unread count to who comes back. */
export const UNREAD_TOKEN_TTL_S = 30 * 24 * 60 * 60
export const AGENT_SESSION_TTL_S = 14 * 24 * 60 * 60
export const SIGN_IN_LINK_TTL_S = 60 * 60
/** The address of a file ends after this, or a little earlier. */
export const FILE_URL_TTL_S = 60 * 60
/** A file that is in no event by then is forgotten. */
export const UNUSED_FILE_TTL_S = 24 * 60 * 60
export const IDEMPOTENCY_KEY_TTL_S = 24 * 60 * 60
/** For this long a chat start is known by its `custom_id`: longer than any outbox repeats it. */
export const CHAT_START_TTL_S = 7 * 24 * 60 * 60

/** A token bucket: `burst` at once, refilled at `perMinute`. */
export interface Rate {
  readonly burst: number
  readonly perMinute: number
}

const MIB = 1024 * 1024

/** Rates by what is done. `principal` counts one customer, agent or API key, `address` one network address. */
export const RATES = {
  /** Requests that change nothing. */
  read: { per: 'principal', burst: 120, perMinute: 600 },
  /** Requests that write to a log. A conversation's busiest minute is far below; a full outbox fits into the burst. */
  write: { per: 'principal', burst: 240, perMinute: 600 },
  /** The same by an API key: a back end speaks for many. */
  backend_read: { per: 'principal', burst: 600, perMinute: 6000 },
  backend_write: { per: 'principal', burst: 600, perMinute: 3000 },
  backend_upload: { per: 'principal', burst: 120, perMinute: 60 },
  backend_upload_bytes: { per: 'principal', burst: 1200 * MIB, perMinute: 600 * MIB },
  /** Files uploaded: 60 in an hour, and their bytes, which count also when nothing comes of them. */
  upload: { per: 'principal', burst: 60, perMinute: 1 },
  upload_bytes: { per: 'principal', burst: 200 * MIB, perMinute: (200 * MIB) / 60 },
  /** The same for all who share an address. */
  upload_address: { per: 'address', burst: 300, perMinute: 5 },
  upload_address_bytes: { per: 'address', burst: 1000 * MIB, perMinute: (1000 * MIB) / 60 },
  /** Sneak peeks, typing, read marks. */
  signal: { per: 'principal', burst: 60, perMinute: 240 },
  /** Pieces of what a bot writes: sixty answers at once. */
  stream: { per: 'principal', burst: 3000, perMinute: 60_000 },
  /** Answers of bots to one visitor, and to all who share an address: so many in an hour. */
  bot_visitor: { per: 'principal', burst: 60, perMinute: 1 },
  bot_address: { per: 'address', burst: 300, perMinute: 5 },
  /** All answers of an organization's bots: so many in a day. */
  bot_day: { per: 'organization', burst: 10_000, perMinute: 10_000 / (24 * 60) },
  /** Unread counts asked for by token: one for each page that is loaded. */
  unread: { per: 'principal', burst: 30, perMinute: 30 },
  /** New customers and token refreshes. */
  token: { per: 'address', burst: 60, perMinute: 120 },
  /** Failed sign-ins of an agent account from one address. */
  sign_in: { per: 'address', burst: 10, perMinute: 6 },
  /** Failed sign-ins of whatever accounts from one address: each costs the server far more than it costs who tries. */
  sign_in_any: { per: 'address', burst: 40, perMinute: 20 },
  /** Refused for having no form, naming no action or proving nobody: counted for the socket, which ends over it, and over HTTP for the address. */
  nonsense: { per: 'address', burst: 60, perMinute: 120 },
  /** Sockets opened. */
  connect: { per: 'address', burst: 200, perMinute: 600 },
} as const satisfies Record<string, Rate & { per: 'principal' | 'address' | 'organization' }>

export type RateName = keyof typeof RATES
