/** Making, changing and listing organizations. */
import { TaskError } from '../admin.ts'
import { createOrganization, POLICIES, policiesIn, updatePolicies } from '../domain/organizations.ts'
import type { OrganizationRow } from '../store/account-rows.ts'
import { commit, type Input, optionalText, organizationOf, type Task, text } from './office.ts'

const shown = (row: OrganizationRow) => ({
  id: row.id,
  license: row.license,
  name: row.name,
  policies: policiesIn(row),
  created_at: new Date(row.created_at).toISOString(),
})

const create: Task = async (office, input) => {
  const name = text(input, 'name')
  const known = await office.store.organizations()
  const license = Math.max(0, ...known.map((row) => row.license)) + 1
  const row = { id: office.id(), license, name, policies: {}, created_at: office.now() }
  await commit(office, createOrganization(row), 'another organization was made at the same moment; try again')
  return shown(row)
}

const update: Task = async (office, input) => {
  const row = await organizationOf(office, input)
  const set = Object.fromEntries(Object.keys(POLICIES).flatMap((name) => said(input, name as keyof typeof POLICIES)))
  if (Object.keys(set).length === 0) throw new TaskError('nothing was said to change')
  await commit(office, updatePolicies(office.now(), row, set), 'the organization changed at the same moment; try again')
  return shown({ ...row, policies: { ...row.policies, ...set } })
}

function said(input: Input, name: keyof typeof POLICIES): [string, string][] {
  const flag = name.replace('_', '-')
  const value = optionalText(input, flag)
  if (value === undefined) return []
  const values: readonly string[] = POLICIES[name]
  if (!values.includes(value)) throw new TaskError(`${flag} is ${values.join(' or ')}`)
  return [[name, value]]
}

const list: Task = async ({ store }) => ({ organizations: (await store.organizations()).map(shown) })

export const organizationTasks = { 'org create': create, 'org update': update, 'org list': list }
