/** Making, listing and revoking keys: the secrets with which a host's back end vouches for its users. */
import { MAX_IDENTITY_KEYS } from '../../protocol/limits.ts'
import { TaskError } from '../admin.ts'
import { createKey, revokeKey } from '../domain/organizations.ts'
import { createSecret } from '../gateway/secrets.ts'
import type { KeyRow } from '../store/rows.ts'
import { commit, organizationOf, type Task, text } from './office.ts'

/** Without the secret, which is shown once. */
const shown = ({ id, scopes, created_at }: KeyRow) => ({ id, scopes, created_at: new Date(created_at).toISOString() })

const BUSY = 'the keys changed at the same moment; try again'

const create: Task = async (office, input) => {
  if (input['identity'] !== true) throw new TaskError('say what the key is for: --identity')
  const organization = await organizationOf(office, input)
  const known = await office.store.keys(organization.id)
  if (known.length >= MAX_IDENTITY_KEYS)
    throw new TaskError(`there are ${known.length} identity keys, the old one and the new; revoke one with \`porchlight key revoke\``)
  const row: KeyRow = {
    id: office.id(),
    organization_id: organization.id,
    scopes: ['identity'],
    secret: createSecret(),
    created_at: office.now(),
  }
  await commit(office, createKey(row), BUSY)
  return { id: row.id, secret: row.secret, scopes: row.scopes }
}

const list: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  return { license: organization.license, keys: (await office.store.keys(organization.id)).map(shown) }
}

const revoke: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  const id = text(input, 'id')
  const row = (await office.store.keys(organization.id)).find((key) => key.id === id)
  if (!row) throw new TaskError(`there is no key "${id}"`)
  await commit(office, revokeKey(row, office.now()), BUSY)
  return { ...shown(row), revoked: true }
}

export const keyTasks = { 'key create': create, 'key list': list, 'key revoke': revoke }
