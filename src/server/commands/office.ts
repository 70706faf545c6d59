/** What administrative tasks work with, whether inside a running server or on a store that nobody else has open. */
import type { DisconnectReason } from '../../protocol/disconnects.ts'
import { TaskError } from '../admin.ts'
import type { OrganizationRow } from '../store/account-rows.ts'
import type { Change } from '../store/change.ts'
import type { Store } from '../store/store.ts'

export interface Office {
  readonly store: Store
  now(): number
  /** A new opaque id. */
  id(): string
  /** The address at which browsers find the server. */
  url(): string
  /** Ends the sockets of a user who is signed in anywhere. */
  revoke(organization_id: string, user_id: string, reason: DisconnectReason): void
}

/** What was given on the command line, as it survives JSON. */
export type Input = Readonly<Record<string, string | readonly string[] | boolean | undefined>>

export type Task = (office: Office, input: Input) => Promise<object>

export function text(input: Input, name: string): string {
  const value = optionalText(input, name)
  if (value === undefined) throw new TaskError(`${name} is missing`)
  return value
}

export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name]
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value.trim() === '' || value.length > 1024) throw new TaskError(`${name} is blank or too long`)
  return value
}

export function texts(input: Input, name: string): readonly string[] | undefined {
  const value = input[name]
  if (value === undefined || typeof value === 'boolean') return undefined
  return typeof value === 'string' ? [value] : value
}

const UNWRITABLE: Readonly<Record<string, string>> = {
  full: 'the disk is full',
  busy: 'another program holds the database; end it, or try again',
}

/** Carries a change out, or says in the words given why it could not be. */
export async function commit(office: Office, change: Change, conflict: string): Promise<void> {
  const outcome = await office.store.commit(change)
  if (outcome.ok) return
  throw new TaskError(UNWRITABLE[outcome.why] ?? conflict)
}

/** The organization meant: by its license, or the only one there is. */
export async function organizationOf(office: Office, input: Input): Promise<OrganizationRow> {
  const license = optionalText(input, 'license')
  if (license !== undefined) {
    const found = /^\d{1,15}$/.test(license) ? await office.store.organizationByLicense(Number(license)) : null
    if (!found) throw new TaskError(`there is no organization with license ${license}`)
    return found
  }
  const [only, ...others] = await office.store.organizations()
  if (!only) throw new TaskError('there is no organization yet; make one with `porchlight org create`')
  if (others.length > 0) {
    const all = [only, ...others].map(({ license, name }) => `${license} (${name})`)
    throw new TaskError(`there are several organizations; say which with --license: ${all.join(', ')}`)
  }
  return only
}
