/** Every command of the command line, with what it takes. */
import { SCOPES } from '../../protocol/scopes.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: true
  readonly hint: string
}

export interface Command {
  /** As typed, and the name of its task. */
  readonly name: string
  readonly summary: string
  /** What a word without a flag means. */
  readonly positional?: string
  readonly options: Readonly<Record<string, Option>>
  /** What to do with what came of it, for people. */
  readonly next?: (made: object) => string
}

const license = { type: 'string', hint: 'which organization, when there are several' } as const
const password = { type: 'boolean', hint: 'read the password from standard input; without it one is made and shown once' } as const
const client = {
  license,
  name: { type: 'string', hint: 'what agents see' },
  kind: { type: 'string', hint: 'web (unless told otherwise), native or server' },
  origin: { type: 'string', multiple: true, hint: 'an origin its pages may have; may be repeated' },
  'redirect-uri': { type: 'string', multiple: true, hint: 'an address to return to; may be repeated' },
} as const

/** Node's own means, so that it can be pasted into any back end. A test runs it. */
const SIGNING = `It is shown this once: keep it on your back end, and give the chat what this makes of a user who is signed in there:

  import { createHmac } from 'node:crypto'
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 3600
  const text = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part({ sub: user.id, role: 'customer', name: user.name, email: user.email, exp })
  const identityToken = text + '.' + createHmac('sha256', process.env.IDENTITY_SECRET).update(text).digest('base64url')`

const isIdentity = (made: object) => 'scopes' in made && Array.isArray(made.scopes) && made.scopes.includes('identity')

const KEEPING = `It is shown this once: keep it on your back end, and never in a page. With it:

  import { Porchlight } from 'porchlight/server-sdk'
  const porchlight = new Porchlight({ apiKey: process.env.PORCHLIGHT_API_KEY, baseUrl: 'https://chat.example.com' })`

export const COMMANDS: readonly Command[] = [
  { name: 'serve', summary: 'run the server', options: {} },
  { name: 'demo', summary: 'run the server with a demo organization, on this machine only', options: {} },
  { name: 'org create', summary: 'make an organization', positional: 'name', options: {} },
  {
    name: 'org update',
    summary: 'change what an organization has decided',
    options: {
      license,
      'agents-edit': { type: 'string', hint: 'whose messages agents may edit: own (unless told otherwise) or all' },
      'agents-delete': { type: 'string', hint: 'whose messages agents may delete: own (unless told otherwise) or all' },
      originals: {
        type: 'string',
        hint: 'whether agents see what customers wrote before they edited it: hidden (unless told otherwise) or shown',
      },
      'customer-chats': {
        type: 'string',
        hint: 'which customers may begin chats with others: known to your back end (unless told otherwise) or none',
      },
    },
  },
  { name: 'org list', summary: 'list organizations', options: {} },
  { name: 'client create', summary: 'register a front end', positional: 'id', options: client },
  { name: 'client update', summary: 'change a front end; origins given replace those it had', positional: 'id', options: client },
  { name: 'client list', summary: 'list front ends', options: { license } },
  {
    name: 'agent create',
    summary: 'make an agent account',
    positional: 'email',
    options: {
      license,
      name: { type: 'string', hint: 'what customers see' },
      'job-title': { type: 'string', hint: 'shown below the name' },
      'password-stdin': password,
    },
  },
  { name: 'agent list', summary: 'list agents', options: { license } },
  {
    name: 'agent password',
    summary: 'give an agent a new password, ending all sessions',
    positional: 'email',
    options: { 'password-stdin': password },
  },
  {
    name: 'key create',
    summary: 'make an API key for your back end, or a secret to vouch for customers; shown this once',
    options: {
      license,
      name: { type: 'string', hint: 'what you call it' },
      scope: { type: 'string', multiple: true, hint: `what it may do; may be repeated, and is everything otherwise: ${SCOPES.join(', ')}` },
      identity: { type: 'boolean', hint: 'instead, a secret with which your back end signs who a customer is; two count at once' },
    },
    next: (made) => (isIdentity(made) ? SIGNING : KEEPING),
  },
  { name: 'key list', summary: 'list keys, without their secrets', options: { license } },
  {
    name: 'key rotate',
    summary: 'give an API key a new secret; the old one counts for 24 hours more',
    positional: 'id',
    options: { license, 'at-once': { type: 'boolean', hint: 'the old one counts no more' } },
  },
  { name: 'key revoke', summary: 'end a key; who was let in by it stays for 24 hours at most', positional: 'id', options: { license } },
  {
    name: 'key audit',
    summary: 'list what was done with an API key, the newest first',
    positional: 'id',
    options: { license, limit: { type: 'string', hint: 'how many, 100 unless told otherwise' } },
  },
  { name: 'agent link', summary: 'make a link that signs an agent in once', positional: 'email', options: {} },
]

/** Announced, and not there: said plainly rather than half done. */
export const LATER = ['migrate', 'export', 'import', 'backup', 'restore', 'doctor'] as const

export const SETTINGS = [
  'PORT',
  'HOST',
  'PORCHLIGHT_DATA',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'METRICS_TOKEN',
  'WEBHOOK_ALLOW',
  'LOG_LEVEL',
  'PORCHLIGHT_RATE_FACTOR',
] as const

/** Of all commands, of those that begin with one noun, or of one. */
export function help(commands: readonly Command[]): string {
  const all = [
    '',
    `To come in a later version: ${LATER.join(', ')}.`,
    '',
    `Settings are environment variables: ${SETTINGS.join(', ')}.`,
    '`porchlight <command> --help` tells of one command, `porchlight --version` which version this is.',
  ]
  return [
    `Usage: porchlight ${usageOf(commands)}`,
    '',
    ...commands.map(described),
    '',
    'Every command takes --json and then prints one JSON object.',
    ...(commands === COMMANDS ? all : []),
  ].join('\n')
}

const typed = ({ name, positional }: Command) => `${name}${positional ? ` <${positional}>` : ''}`

function usageOf(commands: readonly Command[]): string {
  const [first, second] = commands
  if (!first || commands === COMMANDS) return '<command> [options]'
  return second ? `${first.name.split(' ')[0]} <command> [options]` : `${typed(first)} [options]`
}

function described(command: Command): string {
  const flags = Object.entries(command.options).map(([flag, { type, hint }]) => `      --${flag}${type === 'string' ? ' …' : ''}  ${hint}`)
  return [`${`  ${typed(command)}`.padEnd(28)}${command.summary}`, ...flags].join('\n')
}
