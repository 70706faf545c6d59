/** Making and listing organizations. */
import { createOrganization } from '../domain/organizations.ts'
import type { OrganizationRow } from '../store/account-rows.ts'
import { commit, type Task, text } from './office.ts'

const shown = ({ id, license, name, created_at }: OrganizationRow) => ({
  id,
  license,
  name,
  created_at: new Date(created_at).toISOString(),
})

const create: Task = async (office, input) => {
  const name = text(input, 'name')
  const known = await office.store.organizations()
  const license = Math.max(0, ...known.map((row) => row.license)) + 1
  const row = { id: office.id(), license, name, created_at: office.now() }
  await commit(office, createOrganization(row), 'another organization was made at the same moment; try again')
  return shown(row)
}

const list: Task = async ({ store }) => ({ organizations: (await store.organizations()).map(shown) })

export const organizationTasks = { 'org create': create, 'org list': list }
