/** Says who speaks: which client a page belongs to, which customer a token names, which agent a cookie. The same for sockets and HTTP. */
import { createAgent, newAgent } from '../domain/agents.ts'
import type { Identities, Principal, Vouched } from '../domain/context.ts'
import { originAllowed } from '../domain/organizations.ts'
import { Refusal } from '../domain/refusal.ts'
import type { AgentRow, AgentSessionRow, ClientRow, CustomerRow, OrganizationRow } from '../store/account-rows.ts'
import type { Store } from '../store/store.ts'
import type { Admit } from './channels.ts'
import type { Clock } from './clock.ts'
import { readSessionCookie } from './cookies.ts'
import { type FaceSide, isUnwritable, refusalOf } from './dispatch.ts'
import type { Identity } from './identity.ts'
import { endOf } from './identity-tokens.ts'
import { hashSecret } from './secrets.ts'
import type { NoteStranger } from './strangers.ts'
import type { AccessTokens, Claims } from './tokens.ts'
import type { Handshake } from './wire.ts'

/** What is known of whoever asks before they have proved anything. */
export interface Asker extends Pick<Handshake, 'license' | 'client_id' | 'origin' | 'host' | 'address' | 'cookie'> {
  /** Said by the page that an app opens in a web view. */
  readonly redirect_uri?: string | null
}

export interface SignedInAgent {
  readonly identity: Identity
  readonly agent: AgentRow
  readonly organization: OrganizationRow
}

export interface AuthenticatorOptions {
  readonly store: Store
  readonly clock: Clock
  readonly tokens: AccessTokens
  readonly noteStranger: NoteStranger
  readonly identities: Identities
  readonly admit: Admit
  /** A new opaque id. */
  id(): string
  /** The address users know the server by; null when it is whatever they typed. */
  readonly publicUrl: string | null
}

const LICENSE = /^[1-9]\d{0,14}$/

export class Authenticator {
  readonly #store: Store
  readonly #clock: Clock
  readonly #tokens: AccessTokens
  readonly #noteStranger: NoteStranger
  readonly #identities: Identities
  readonly #admit: Admit
  readonly #id: () => string
  readonly #publicOrigin: string | null
  /** Whether users reach the server over TLS, as far as it was told. */
  readonly secure: boolean

  constructor({ store, clock, tokens, noteStranger, identities, admit, id, publicUrl }: AuthenticatorOptions) {
    this.#store = store
    this.#clock = clock
    this.#tokens = tokens
    this.#noteStranger = noteStranger
    this.#identities = identities
    this.#admit = admit
    this.#id = id
    this.#publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin
    this.secure = this.#publicOrigin?.startsWith('https:') ?? false
  }

  /** LIN3, LIN9, LIN11: the client that the address names, if this page or app may speak for it. */
  async client(asker: Asker, action: string): Promise<{ organization: OrganizationRow; client: ClientRow }> {
    const { license, client_id, origin } = asker
    const organization = LICENSE.test(license ?? '') ? await this.#store.organizationByLicense(Number(license)) : null
    const client = organization && client_id ? await this.#store.client(organization.id, client_id) : null
    const may = client !== null && (originAllowed(client, origin) || (client.kind !== 'server' && this.#isOwn(asker)))
    if (organization && may) return { organization, client }
    const refusal =
      organization && client
        ? new Refusal('origin_not_allowed', `unable to ${action}; the origin ${origin ?? '(none)'} is not allowed for this client_id`)
        : new Refusal('license_not_found', `unable to ${action}; no such license and client_id`)
    this.#noteStranger(asker, refusal)
    throw refusal
  }

  /** LIN9, LIN11: who may be given a token. The chat's own page speaks for web clients. A web view's page speaks for the app that opened it, which says where it is registered. */
  async tokenClient(asker: Asker, action: string): Promise<ClientRow> {
    const { client } = await this.client(asker, action)
    const { origin, redirect_uri = null } = asker
    const ownPage = client.kind === 'web' ? redirect_uri === null : client.redirect_uris.includes(redirect_uri ?? '')
    if (originAllowed(client, origin) || ownPage) return client
    const why = `the redirect_uri ${redirect_uri ?? '(none)'} is not registered for this client_id`
    const refusal = new Refusal('origin_not_allowed', `unable to ${action}; ${why}`, { path: 'redirect_uri' })
    this.#noteStranger(asker, refusal)
    throw refusal
  }

  /** LIN2 */
  async customer(asker: Asker, token: string, action: string): Promise<{ identity: Identity; customer: CustomerRow; claims: Claims }> {
    const { organization, client } = await this.client(asker, action)
    const claims = await this.#tokens.read(token.replace(/^Bearer /, ''))
    if (!claims || claims.organization_id !== organization.id || claims.client_id !== client.id) throw badToken(action)
    const customer = await this.#store.customer(organization.id, claims.customer_id)
    if (!customer || claims.issued_at < customer.not_before) throw badToken(action)
    const principal: Principal = { type: 'customer', id: customer.id, organization_id: organization.id }
    return { identity: { principal, issued_at: claims.issued_at, expires_at: claims.expires_at, session_hash: null }, customer, claims }
  }

  /** The cookie counts only on our own pages: no other site can make an agent's browser speak. */
  async agent(asker: Asker, action: string): Promise<SignedInAgent> {
    this.requireOwnOrigin(asker, action)
    const session = await this.session(asker)
    const agent = session && (await this.#store.agent(session.organization_id, session.agent_id))
    const organization = agent && (await this.#store.organization(agent.organization_id))
    if (!organization || agent.deleted_at !== null || session.created_at < agent.not_before)
      throw new Refusal('authentication', `unable to ${action}; sign in first`)
    const principal = principalOf(agent)
    const { created_at, expires_at, hash } = session
    return { identity: { principal, issued_at: created_at, expires_at, session_hash: hash }, agent, organization }
  }

  /** IDN9: by the word of the host's back end, to programs and to our own pages. Who is not there yet is made. */
  async agentByToken(asker: Asker, token: string, action: string): Promise<SignedInAgent> {
    if (asker.origin !== null) this.requireOwnOrigin(asker, action)
    const { license } = asker
    const organization = LICENSE.test(license ?? '') ? await this.#store.organizationByLicense(Number(license)) : null
    if (!organization) throw new Refusal('license_not_found', `unable to ${action}; no such license`)
    const vouched = await this.#identities.read(organization.id, token.replace(/^Bearer /, ''), { action, field: 'token', role: 'agent' })
    const agent = await this.#agentOf(organization.id, vouched, action)
    if (!agent || agent.deleted_at !== null || vouched.issued_at < agent.not_before) throw badToken(action)
    await this.#admit({ type: agent.kind, row: agent }, vouched, action)
    const principal = principalOf(agent)
    const identity = { principal, issued_at: vouched.issued_at, expires_at: endOf(vouched), session_hash: null }
    return { identity, agent, organization }
  }

  async #agentOf(organization_id: string, { subject, said: { name, avatar = null } }: Vouched, action: string): Promise<AgentRow | null> {
    if ('user_id' in subject) return this.#store.agent(organization_id, subject.user_id)
    const { external_id } = subject
    const known = await this.#store.agentByExternalId(organization_id, external_id)
    if (known) return known
    const row = { ...newAgent(this.#id(), organization_id, name ?? external_id, this.#clock.now()), external_id, avatar }
    const unknown = { holds: 'unknown', organization_id, external_id } as const
    const done = await this.#store.commit({ ...createAgent(row), expect: [unknown] })
    if (!done.ok && isUnwritable(done.why)) throw refusalOf(done.why, action)
    return this.#store.agentByExternalId(organization_id, external_id)
  }

  /** The live session that the cookie names. */
  async session(asker: Asker): Promise<AgentSessionRow | null> {
    const secret = readSessionCookie(asker.cookie, this.secure)
    const session = secret === null ? null : await this.#store.agentSession(hashSecret(secret))
    return session && session.expires_at > this.#clock.now() ? session : null
  }

  /** Who speaks in a request over HTTP. */
  async request(side: FaceSide, asker: Asker & { header(name: string): string | null }, action: string): Promise<Identity> {
    const token = /^Bearer +(\S+)$/.exec(asker.header('authorization') ?? '')?.[1] ?? ''
    if (side === 'agent') return (await (token ? this.agentByToken(asker, token, action) : this.agent(asker, action))).identity
    return (await this.customer(asker, token, action)).identity
  }

  #isOwn({ origin, host }: Asker): boolean {
    return origin !== null && (this.#publicOrigin === null ? isSameHost(origin, host) : origin === this.#publicOrigin)
  }

  requireOwnOrigin(asker: Asker, action: string): void {
    if (!this.#isOwn(asker)) throw new Refusal('origin_not_allowed', `unable to ${action}; it must come from a page of this server`)
  }
}

const principalOf = ({ id, organization_id, kind }: AgentRow): Principal => ({
  ...{ type: 'agent', id, organization_id },
  ...(kind === 'bot' && { bot: true }),
})

const badToken = (action: string) => new Refusal('authentication', `unable to ${action}; the access token is wrong, expired or revoked`)

function isSameHost(origin: string, host: string | null): boolean {
  return host !== null && (origin === `http://${host}` || origin === `https://${host}`)
}
