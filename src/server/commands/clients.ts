/** Making, changing and listing the clients of an organization: its front ends, with the origins their pages may have. */
import { TaskError } from '../admin.ts'
import { createClient, updateClient } from '../domain/organizations.ts'
import type { ClientRow } from '../store/account-rows.ts'
import { commit, type Input, optionalText, organizationOf, type Task, text, texts } from './office.ts'

const KINDS = ['web', 'native', 'server'] as const

const shown = ({ id, name, kind, origins, redirect_uris, created_at }: ClientRow) => ({
  id,
  name,
  kind,
  origins,
  redirect_uris,
  created_at: new Date(created_at).toISOString(),
})

/** A browser always names its page's origin: a web client without any is one that nobody can use. */
const advice = ({ id, kind, origins }: ClientRow) =>
  kind === 'web' && origins.length === 0
    ? { note: `no page can use this client yet; name the origins of yours with \`porchlight client update ${id} --origin …\`` }
    : {}

const create: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  const id = text(input, 'id')
  if (!/^[\w-]{1,64}$/.test(id)) throw new TaskError(`"${id}" cannot be a client id; it may have letters, digits, - and _`)
  const row: ClientRow = {
    id,
    organization_id: organization.id,
    name: optionalText(input, 'name') ?? id,
    kind: kindOf(input) ?? 'web',
    origins: origins(input) ?? [],
    redirect_uris: redirects(input) ?? [],
    created_at: office.now(),
  }
  await commit(office, createClient(row), `there is a client "${id}" already`)
  return { license: organization.license, ...shown(row), ...advice(row) }
}

const update: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  const id = text(input, 'id')
  const known = await office.store.client(organization.id, id)
  if (!known) throw new TaskError(`there is no client "${id}"`)
  const said = { name: optionalText(input, 'name'), kind: kindOf(input), origins: origins(input), redirect_uris: redirects(input) }
  const set = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<ClientRow>
  if (Object.keys(set).length === 0) throw new TaskError('nothing was said to change')
  await commit(office, updateClient(office.now(), known, set), 'the client changed at the same moment; try again')
  const row = { ...known, ...set }
  return { license: organization.license, ...shown(row), ...advice(row) }
}

const list: Task = async (office, input) => {
  const organization = await organizationOf(office, input)
  return { license: organization.license, clients: (await office.store.clients(organization.id)).map(shown) }
}

export const clientTasks = { 'client create': create, 'client update': update, 'client list': list }

function kindOf(input: Input): ClientRow['kind'] | undefined {
  const said = optionalText(input, 'kind')
  const known = KINDS.find((kind) => kind === said)
  if (said !== undefined && !known) throw new TaskError(`"${said}" is no kind of client; it is one of ${KINDS.join(', ')}`)
  return known
}

/** Exact origins only: a pattern is how other people's pages get in. */
function origins(input: Input): string[] | undefined {
  return texts(input, 'origin')?.map((said) => {
    const url = URL.canParse(said) ? new URL(said) : null
    const bare = url && url.href === `${url.origin}/` && /^https?:$/.test(url.protocol) && !url.hostname.includes('*')
    if (bare) return url.origin
    throw new TaskError(`"${said}" is no origin; it looks like https://www.example.com`)
  })
}

function redirects(input: Input): string[] | undefined {
  return texts(input, 'redirect-uri')?.map((said) => {
    if (URL.canParse(said) && !new URL(said).hash) return said
    throw new TaskError(`"${said}" is no redirect address; it is a whole address without #`)
  })
}
