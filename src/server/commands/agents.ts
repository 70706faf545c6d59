/** Making and listing agents, giving them passwords, and links that sign them in once. */
import { SIGN_IN_LINK_TTL_S } from '../../protocol/limits.ts'
import { TaskError } from '../admin.ts'
import { changePassword, createAgent, createSignInLink, newAgent } from '../domain/agents.ts'
import { hashPassword } from '../gateway/passwords.ts'
import { createSecret, hashSecret } from '../gateway/secrets.ts'
import type { AgentRow } from '../store/account-rows.ts'
import { commit, type Input, type Office, optionalText, organizationOf, type Task, text } from './office.ts'

const MIN_PASSWORD = 8

const shown = ({ id, email, name, job_title, created_at }: AgentRow) => ({
  id,
  email,
  name,
  ...(job_title === null ? {} : { job_title }),
  created_at: new Date(created_at).toISOString(),
})

const create: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  const { password, generated } = passwordOf(input)
  const email = emailOf(input)
  const row: AgentRow = {
    ...newAgent(office.id(), organization.id, optionalText(input, 'name') ?? nameFrom(email), office.now()),
    email,
    job_title: optionalText(input, 'job-title') ?? null,
    password_hash: await hashPassword(password),
  }
  await commit(office, createAgent(row), `there is an agent ${email} already`)
  return { license: organization.license, ...shown(row), ...generated }
}

const list: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  return {
    license: organization.license,
    agents: (await office.store.agents(organization.id)).filter(({ deleted_at }) => deleted_at === null).map(shown),
  }
}

const setPassword: Task = async (office, input) => {
  const agent = await agentOf(office, input)
  const { password, generated } = passwordOf(input)
  await commit(office, changePassword(agent, await hashPassword(password), office.now()), 'the agent changed at the same moment; try again')
  office.revoke(agent.organization_id, agent.id, 'access_token_revoked')
  return { ...shown(agent), ...generated }
}

/** The secret stands behind the `#` of the inbox's address, where no log sees it. */
const createLink: Task = async (office, input) => {
  const agent = await agentOf(office, input)
  const secret = createSecret()
  const now = office.now()
  const row = {
    hash: hashSecret(secret),
    organization_id: agent.organization_id,
    agent_id: agent.id,
    expires_at: now + SIGN_IN_LINK_TTL_S * 1000,
  }
  await commit(office, createSignInLink(row, now), 'the link could not be kept; try again')
  const url = `${office.url()}/inbox/#sign-in=${secret}`
  return { email: agent.email, url, sign_in_token: secret, expires_at: new Date(row.expires_at).toISOString() }
}

export const agentTasks = { 'agent create': create, 'agent list': list, 'agent password': setPassword, 'agent link': createLink }

async function agentOf(office: Office, input: Input): Promise<AgentRow> {
  const email = emailOf(input)
  const agent = await office.store.agentByEmail(email)
  if (!agent) throw new TaskError(`there is no agent ${email}`)
  return agent
}

function emailOf(input: Input): string {
  const email = text(input, 'email').trim().toLowerCase()
  if (email.length > 255 || !/^[^\s@]+@[^\s@]+$/.test(email)) throw new TaskError(`"${email}" is no e-mail address`)
  return email
}

const nameFrom = (email: string) => {
  const [local = email] = email.split('@')
  return local.charAt(0).toUpperCase() + local.slice(1)
}

/** The password that was given, or a new one that is shown this once. */
function passwordOf(input: Input): { password: string; generated: { password?: string } } {
  const given = input['password']
  if (given === undefined) {
    const password = createSecret().replace(/[-_]/g, '').slice(0, 20)
    return { password, generated: { password } }
  }
  if (typeof given !== 'string' || given.length < MIN_PASSWORD)
    throw new TaskError(`the password has fewer than ${MIN_PASSWORD} characters`)
  return { password: given, generated: {} }
}
