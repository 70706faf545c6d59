/** Identity tokens as a back end gets them made, renewed, read and voided. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { IDENTITY_TOKEN_GRACE_S, IDENTITY_TOKEN_TTL_S } from '../../../protocol/limits.ts'
import type { UserInfo } from '../../../protocol/tokens.ts'
import type { Change, Committed, Write } from '../../store/change.ts'
import type { Commit, Context, Course, Plan, Reply, Said, Vouched } from '../context.ts'
import { newCustomer, newIn, portray } from '../customers.ts'
import { hindrance, letIn } from '../members.ts'
import { findOrMakeable, findPerson, type Person, personOf, presentPerson } from '../people.ts'
import { time } from '../present.ts'
import { Refusal } from '../refusal.ts'
import { nobodyErased, notErased, notVoided } from '../standing.ts'
import { ended, voiding } from './revocation.ts'
import { namedAgent } from './users.ts'

type Creation = ServerRequestOf<'create_token'>

/** A change whose preconditions are lost this often in a row meets more traffic than one user can make. */
const MAX_LOOKS = 20

/** TOK1: makes the user if need be, says of them what is said, lets them into the channels, and signs. */
export async function createToken(ctx: Context, request: Creation): Promise<Course> {
  await checkChannels(ctx, request.channels ?? [])
  return {
    async run(commit) {
      const first = await meet(ctx, request, commit)
      const person = await personOf(ctx, 'create_token', request.user_id)
      await enterChannels({ store: ctx.store, now: () => ctx.now() }, person, request.channels ?? [], commit)
      return tokenAnswer(ctx, first, request)
    },
  }
}

/** A customer's unless told otherwise: who can choose a name is not to be made an agent by it. */
function roleOf({ role, existing }: Creation, person: Person | null): 'customer' | 'agent' {
  if (role === undefined && existing && person) return person.type === 'customer' ? 'customer' : 'agent'
  return role === 'agent' ? 'agent' : 'customer'
}

async function checkChannels({ store, principal }: Context, channels: readonly string[]): Promise<void> {
  for (const [at, id] of channels.entries()) {
    const path = `channels.${at}`
    if (!(await store.chat(principal.organization_id, id)))
      throw new Refusal('not_found', `unable to create_token; ${path} names no chat`, { path })
  }
}

async function meet(ctx: Context, request: Creation, commit: Commit): Promise<Committed> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const done = await commit(await described(ctx, request))
    if (done) return done
  }
  throw new Refusal('service_unavailable', 'unable to create_token; too much happens to this user at once')
}

/** A customer who is there already is described anew; whoever is not is made. */
async function described(ctx: Context, request: Creation): Promise<Change> {
  const { organization_id } = ctx.principal
  const find = request.existing ? personOf : findOrMakeable
  const [person, said] = [await find(ctx, 'create_token', request.user_id, 'user_id'), saidOf(request)]
  // What is issued right after a revocation is not from before it.
  const at = Math.max(ctx.now(), person?.row.not_before ?? 0)
  const change = (writes: Write[], expect: Change['expect'] = []): Change => ({ at, expect, writes, idempotency: [] })
  const role = roleOf(request, person)
  if (person) {
    standing(person, role)
    return person.type === 'customer'
      ? change(portray(person.row, newIn(person.row, said)), [notVoided(person.row)])
      : change([], [notErased(person.row)])
  }
  const external_id = request.user_id
  const unknown = { holds: 'unknown', organization_id, external_id } as const
  if (role === 'agent') {
    const { name, avatar } = said
    const row = namedAgent(ctx, 'agent', external_id, { ...(name && { name }), ...(avatar && { avatar }) })
    return change([{ write: 'insert', table: 'agents', row }], [unknown])
  }
  const row = { ...newCustomer(ctx.id(), organization_id, null, at), ...said, external_id }
  return change([{ write: 'insert', table: 'customers', row }], [unknown])
}

export function saidOf({ user_name, email, user_info = {} }: { user_name?: string; email?: string; user_info?: UserInfo }): Said {
  const { avatar_url, ...info } = user_info
  return {
    ...(user_name !== undefined && { name: user_name }),
    ...(email !== undefined && { email }),
    ...(avatar_url !== undefined && { avatar: avatar_url }),
    ...info,
  }
}

function standing(person: Person, role: 'customer' | 'agent'): void {
  if ((person.type === 'customer') !== (role === 'customer')) {
    throw new Refusal('conflict', `unable to create_token; user_id names a ${person.type}`, { path: 'role' })
  }
  if (person.type === 'customer' && person.row.status === 'suspended') {
    throw new Refusal('authorization', 'unable to create_token; the user is suspended', { path: 'user_id' })
  }
}

/** Those of them where the person is not yet. A chat that is gone meanwhile, is full, or is others' own, lets nobody in and stops nobody. */
export async function enterChannels(
  { store, now }: Pick<Context, 'store' | 'now'>,
  { type, row }: Person,
  channels: readonly string[],
  commit: Commit,
): Promise<void> {
  const coming = [{ user_id: row.id, user_type: type }]
  for (const chat_id of channels) {
    for (let look = 0; look < MAX_LOOKS; look++) {
      const chat = await store.chat(row.organization_id, chat_id)
      const present = chat ? await store.present(chat_id) : []
      if (!chat || present.some(({ user_id }) => user_id === row.id) || hindrance(chat, present, coming)) break
      const { expect, writes } = letIn('create_token', chat, present, coming, { by: null, history: chat.history })
      const standing = nobodyErased(row.organization_id, coming)
      if (await commit({ at: now(), expect: [...expect, ...standing], writes, idempotency: [] })) break
    }
  }
}

/** Signed as of the moment at which the request was first carried out, so that a repetition gets the same token. */
export async function tokenAnswer(ctx: Context, { at }: Committed, request: Creation): Promise<object> {
  const person = await personOf(ctx, 'create_token', request.user_id)
  const { row } = person
  return signed(ctx, {
    subject: row.external_id === null ? { user_id: row.id } : { external_id: row.external_id },
    ...{ role: roleOf(request, person), said: saidOf(request), channels: request.channels ?? [] },
    ...{ issued_at: at, expires_at: at + (request.expires_in ?? IDENTITY_TOKEN_TTL_S) * 1000 },
  })
}

const signed = async (ctx: Context, vouched: Vouched): Promise<object> => ({
  token: await ctx.identities.sign(ctx.principal.organization_id, vouched),
  expires_at: time(vouched.expires_at),
})

/** TOK2: as long as nothing has voided it, and not long after its end. */
export async function refreshToken(ctx: Context, { token }: ServerRequestOf<'refresh_token'>): Promise<Reply> {
  const { vouched, person } = await readToken(ctx, 'refresh_token', token, IDENTITY_TOKEN_GRACE_S * 1000)
  const issued_at = Math.max(ctx.now(), person.row.not_before)
  const life = vouched.expires_at - vouched.issued_at
  return { answer: await signed(ctx, { ...vouched, issued_at, expires_at: issued_at + Math.min(life, IDENTITY_TOKEN_TTL_S * 1000) }) }
}

export async function verifyToken(ctx: Context, { token }: ServerRequestOf<'verify_token'>): Promise<Reply> {
  const { vouched, person } = await readToken(ctx, 'verify_token', token, 0)
  return { answer: { user: presentPerson(person), issued_at: time(vouched.issued_at), expires_at: time(vouched.expires_at) } }
}

async function readToken(ctx: Context, action: string, token: string, late: number): Promise<{ vouched: Vouched; person: Person }> {
  const vouched = await ctx.identities.read(ctx.principal.organization_id, token, { action, field: 'token', late })
  const { subject } = vouched
  const person = await findPerson(ctx, 'user_id' in subject ? subject.user_id : subject.external_id)
  // Whom a host names is its own; our ids are for this server to name.
  const meant = person && ('user_id' in subject ? person.row.id === subject.user_id : person.row.external_id === subject.external_id)
  const suspended = person?.type === 'customer' && person.row.status === 'suspended'
  if (!person || !meant || suspended || vouched.issued_at < person.row.not_before) {
    throw new Refusal('authentication', `unable to ${action}; the token was revoked, or its user is gone`, { path: 'token' })
  }
  return { vouched, person }
}

/** TOK3: within a second on every process, sockets and all. */
export async function revokeTokens(ctx: Context, request: ServerRequestOf<'revoke_tokens'>): Promise<Plan> {
  const person = await personOf(ctx, 'revoke_tokens', request.user_id)
  const at = ctx.now()
  return {
    change: { at, expect: [notErased(person.row)], writes: voiding(person, at + 1), idempotency: [] },
    signals: async () => [ended(person, at + 1)],
    answer: (committed) => revokedAnswer(ctx, committed),
  }
}

export const revokedAnswer = async (_ctx: Context, { at }: Committed): Promise<object> => ({ revoked_before: time(at + 1) })
