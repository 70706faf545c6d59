/** Making, listing, rotating and revoking keys: those with which a back end acts, and the secrets with which it vouches for its users. */
import { MAX_IDENTITY_KEYS, ROTATED_KEY_TTL_S } from '../../protocol/limits.ts'
import { SCOPES, type Scope } from '../../protocol/scopes.ts'
import { TaskError } from '../admin.ts'
import { createApiKey, revokeApiKey, rotateApiKey } from '../domain/api-keys.ts'
import { createKey, revokeKey } from '../domain/organizations.ts'
import { createApiSecret } from '../gateway/api-keys.ts'
import { createSecret, hashSecret } from '../gateway/secrets.ts'
import type { ApiKeyRow, KeyRow, OrganizationRow } from '../store/account-rows.ts'
import { commit, type Input, type Office, optionalText, organizationOf, type Task, text, texts } from './office.ts'

const at = (time: number | null) => (time === null ? null : new Date(time).toISOString())

/** Without the secret, which is shown once. */
const shown = ({ id, scopes, created_at }: KeyRow) => ({ id, scopes, created_at: at(created_at) })

const shownApi = ({ id, name, scopes, created_at, last_used_at, revoked_at, previous_until }: ApiKeyRow) => ({
  ...{ id, name, scopes, created_at: at(created_at), last_used_at: at(last_used_at), revoked_at: at(revoked_at) },
  previous_until: at(previous_until),
})

const BUSY = 'the keys changed at the same moment; try again'

const create: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  return input['identity'] === true ? createIdentity(office, input, organization) : createApi(office, input, organization)
}

async function createIdentity(office: Office, input: Input, { id: organization_id }: OrganizationRow): Promise<object> {
  if (input['scope'] !== undefined) throw new TaskError('a secret for identities has no scopes; leave --scope out, or --identity')
  const known = await office.store.keys(organization_id)
  if (known.length >= MAX_IDENTITY_KEYS)
    throw new TaskError(`there are ${known.length} identity keys, the old one and the new; revoke one with \`porchlight key revoke\``)
  const row: KeyRow = { id: office.id(), organization_id, scopes: ['identity'], secret: createSecret(), created_at: office.now() }
  await commit(office, createKey(row), BUSY)
  return { id: row.id, secret: row.secret, scopes: row.scopes }
}

async function createApi(office: Office, input: Input, { id: organization_id }: OrganizationRow): Promise<object> {
  const secret = createApiSecret()
  const scopes = scopesOf(input)
  const row: ApiKeyRow = {
    ...{ id: office.id(), organization_id, name: optionalText(input, 'name') ?? 'API key', scopes, hash: hashSecret(secret) },
    ...{ previous_hash: null, previous_until: null, last_used_at: null, revoked_at: null, created_at: office.now() },
  }
  await commit(office, createApiKey(row), BUSY)
  return { id: row.id, secret, scopes }
}

function scopesOf(input: Input): Scope[] {
  const wanted = texts(input, 'scope') ?? SCOPES
  const unknown = wanted.find((scope) => !SCOPES.some((known) => known === scope))
  if (unknown !== undefined) throw new TaskError(`there is no scope "${unknown}"; there are ${SCOPES.join(', ')}`)
  return SCOPES.filter((scope) => wanted.includes(scope))
}

const list: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  const [keys, identity] = await Promise.all([office.store.apiKeys(organization.id), office.store.keys(organization.id)])
  return { license: organization.license, keys: [...keys.map(shownApi), ...identity.map(shown)] }
}

const rotate: Task = async (office, input) => {
  const row = await apiKeyOf(office, input)
  if (row.revoked_at !== null) throw new TaskError(`the key "${row.id}" is revoked; make a new one`)
  const secret = createApiSecret()
  const previous_until = office.now() + (input['at-once'] === true ? 0 : ROTATED_KEY_TTL_S * 1000)
  await commit(office, rotateApiKey(row, hashSecret(secret), previous_until, office.now()), BUSY)
  return { id: row.id, secret, scopes: row.scopes, previous_until: at(previous_until) }
}

const revoke: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  const id = text(input, 'id')
  const row = (await office.store.keys(organization.id)).find((key) => key.id === id)
  if (row) {
    await commit(office, revokeKey(row, office.now()), BUSY)
    return { ...shown(row), revoked: true }
  }
  const key = await apiKeyOf(office, input)
  await commit(office, revokeApiKey(key, office.now()), BUSY)
  return { ...shownApi(key), revoked: true }
}

const audit: Task = async (office, input) => {
  const { organization_id, id } = await apiKeyOf(office, input)
  const limit = Number(optionalText(input, 'limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 1) throw new TaskError('limit is no number from 1 on')
  const uses = await office.store.audit(organization_id, id, limit)
  return {
    id,
    uses: uses.map(({ created_at, action, outcome, address, request_id }) => ({
      at: at(created_at),
      action,
      outcome,
      address,
      request_id,
    })),
  }
}

async function apiKeyOf(office: Office, input: Input): Promise<ApiKeyRow> {
  const organization = await organizationOf(office, input)
  const id = text(input, 'id')
  const row = (await office.store.apiKeys(organization.id)).find((key) => key.id === id)
  if (!row) throw new TaskError(`there is no key "${id}"`)
  return row
}

export const keyTasks = { 'key create': create, 'key list': list, 'key rotate': rotate, 'key revoke': revoke, 'key audit': audit }
