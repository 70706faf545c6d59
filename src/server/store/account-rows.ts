/** What is kept of organizations, their keys, and everybody who gets in. Times are Unix milliseconds. */
import type { Scope } from '../../protocol/scopes.ts'

export interface OrganizationRow {
  id: string
  /** The organization's public number. */
  license: number
  name: string
  /** Those that are not as they are by themselves. */
  policies: Partial<OrganizationPolicies>
  created_at: number
}

/** What an organization decides for itself. */
export interface OrganizationPolicies {
  /** Whose messages agents may edit. */
  readonly agents_edit: 'own' | 'all'
  /** Whose messages agents may delete. */
  readonly agents_delete: 'own' | 'all'
  /** Whether agents see what a customer's message said before it was edited. */
  readonly originals: 'hidden' | 'shown'
  /** Which customers may begin direct and group chats: none, or those whom the host vouches for. */
  readonly customer_chats: 'none' | 'known'
}

export interface ClientRow {
  id: string
  organization_id: string
  name: string
  kind: 'web' | 'native' | 'server'
  /** Exact origins; the demo client alone holds `loopback`, which stands for every loopback origin. */
  origins: string[]
  redirect_uris: string[]
  created_at: number
}

/** A secret between the host's back end and the server. */
export interface KeyRow {
  id: string
  organization_id: string
  /** What it may be used for. */
  scopes: 'identity'[]
  /** As it is: signatures are checked with it. */
  secret: string
  created_at: number
}

/** A back end's own credential: known by its hash, shown once. */
export interface ApiKeyRow {
  id: string
  organization_id: string
  name: string
  scopes: Scope[]
  hash: string
  /** What it was before it was rotated, which counts until then. */
  previous_hash: string | null
  previous_until: number | null
  last_used_at: number | null
  revoked_at: number | null
  created_at: number
}

/** One use of an API key. */
export interface AuditRow {
  organization_id: string
  key_id: string
  action: string
  /** `ok`, or the type of the refusal. */
  outcome: string
  request_id: string
  address: string
  created_at: number
}

export interface AgentRow {
  id: string
  organization_id: string
  kind: 'agent' | 'bot'
  /** The host's own id, of those for whom its back end speaks. */
  external_id: string | null
  /** With which they sign in; null of those who cannot. */
  email: string | null
  name: string
  avatar: string | null
  job_title: string | null
  password_hash: string | null
  /** Sessions and tokens issued before this moment are void. */
  not_before: number
  /** The row stays for the chats that name it. */
  deleted_at: number | null
  /** When they had left all of them. */
  erased_at: number | null
  created_at: number
}

export interface AgentSessionRow {
  hash: string
  organization_id: string
  agent_id: string
  created_at: number
  expires_at: number
}

export interface SignInLinkRow {
  hash: string
  organization_id: string
  agent_id: string
  expires_at: number
}

export interface CustomerRow {
  id: string
  organization_id: string
  name: string | null
  email: string | null
  avatar: string | null
  session_fields: Record<string, string>[]
  page: { url: string; title?: string } | null
  referrer: string | null
  visitor_key_hash: string | null
  /** The host's own id; with one, no visitor key and no refresh token from before it counts. */
  external_id: string | null
  username: string | null
  nickname: string | null
  badge: string | null
  /** Who is suspended is let in by nothing. */
  status: 'active' | 'suspended'
  /** Flat data of the host's own. */
  custom: Record<string, string | number | boolean>
  not_before: number
  /** When the person was erased; the row stays for the chats that name it. */
  deleted_at: number | null
  /** When nothing more of them was found. */
  erased_at: number | null
  created_at: number
}

export interface RefreshTokenRow {
  hash: string
  organization_id: string
  customer_id: string
  client_id: string
  created_at: number
  expires_at: number
}

/** That somebody of this external id was erased, for as long as there may be tokens that name them. */
export interface ErasedIdRow {
  organization_id: string
  /** Of the external id. */
  hash: string
  /** What was issued before this moment is void. */
  not_before: number
  expires_at: number
}

/** A page that the customer saw, or an event that the site tracked. */
export interface ActivityRow {
  customer_id: string
  kind: 'page' | 'event'
  content: Record<string, unknown>
  created_at: number
}
