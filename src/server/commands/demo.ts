/** What the demo needs to be there, and what must not be there outside of it: an account whose password everyone knows. */
import { TaskError } from '../admin.ts'
import { changePassword, createAgent, newAgent } from '../domain/agents.ts'
import { createClient, createOrganization, LOOPBACK, updateClient } from '../domain/organizations.ts'
import { hashPassword, verifyPassword } from '../gateway/passwords.ts'
import { createSecret } from '../gateway/secrets.ts'
import type { OrganizationRow } from '../store/account-rows.ts'
import { commit, type Office, type Task } from './office.ts'

export const DEMO = { license: 1, client_id: 'demo', email: 'agent@demo.test', password: 'porchlight' } as const

const BUSY = 'the data directory is being changed by another program; try again'

const prepare: Task = async (office) => {
  const organization = await demoOrganization(office)
  const { id: organization_id } = organization
  await demoClient(office, organization_id)
  await demoAgent(office, organization)
  return { ...DEMO }
}

/** License 1 is the demo's only in a data directory that the demo has made. */
async function demoOrganization(office: Office): Promise<OrganizationRow> {
  const known = await office.store.organizationByLicense(DEMO.license)
  if (known && known.name !== 'Demo') {
    throw new TaskError('the data directory belongs to a real organization; run the demo with another PORCHLIGHT_DATA')
  }
  if (known) return known
  const row = { id: office.id(), license: DEMO.license, policies: {}, name: 'Demo', created_at: office.now() }
  await commit(office, createOrganization(row), BUSY)
  return row
}

/** Pages of any port of this machine may use it, which no client that is made by hand can have. */
async function demoClient(office: Office, organization_id: string): Promise<void> {
  const known = await office.store.client(organization_id, DEMO.client_id)
  if (known?.origins.includes(LOOPBACK)) return
  const at = office.now()
  if (known) return commit(office, updateClient(at, known, { origins: [...known.origins, LOOPBACK] }), BUSY)
  const row = { id: DEMO.client_id, organization_id, name: 'Demo shop', kind: 'web', created_at: at } as const
  await commit(office, createClient({ ...row, origins: [LOOPBACK], redirect_uris: [] }), BUSY)
}

async function demoAgent(office: Office, { id: organization_id }: OrganizationRow): Promise<void> {
  const known = await office.store.agentByEmail(DEMO.email)
  const right = known !== null && (await verifyPassword(DEMO.password, known.password_hash))
  if (right) return
  const password_hash = await hashPassword(DEMO.password)
  if (known) return commit(office, changePassword(known, password_hash, office.now()), BUSY)
  const row = newAgent(office.id(), organization_id, 'Robin', office.now())
  await commit(office, createAgent({ ...row, email: DEMO.email, job_title: 'Support', password_hash }), BUSY)
}

/** A data directory that was a demo's and is now served for good: the known password and pages of this machine open nothing any more. */
const retire: Task = async (office) => {
  const [agent, client] = [await retireAgent(office), await retireClient(office)]
  return { retired: agent || client }
}

async function retireAgent(office: Office): Promise<boolean> {
  const agent = await office.store.agentByEmail(DEMO.email)
  if (!agent || !(await verifyPassword(DEMO.password, agent.password_hash))) return false
  await commit(office, changePassword(agent, await hashPassword(createSecret()), office.now()), BUSY)
  return true
}

async function retireClient(office: Office): Promise<boolean> {
  const organization = await office.store.organizationByLicense(DEMO.license)
  const client = organization && (await office.store.client(organization.id, DEMO.client_id))
  if (!client?.origins.includes(LOOPBACK)) return false
  await commit(office, updateClient(office.now(), client, { origins: client.origins.filter((origin) => origin !== LOOPBACK) }), BUSY)
  return true
}

export const demoTasks = { 'demo prepare': prepare, 'demo retire': retire }
