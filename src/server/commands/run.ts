/** The commands that run a server: start it, say where it is, and end it well when the system asks. */
import { isIPv4 } from 'node:net'
import { TaskError } from '../admin.ts'
import type { Config } from '../config.ts'
import { serve as run, type Server } from '../index.ts'
import { createLogger } from '../logger.ts'
import { DEMO } from './demo.ts'

/** What a started server has to say, for people and as JSON. */
export interface Started {
  readonly result: object
  readonly words: string
}

export async function serve(config: Config): Promise<Started> {
  const { url, prepared } = await start(config, null, 'demo retire')
  const note = `\nThe demo's password opens nothing any more, and its client id "${DEMO.client_id}" serves no page; give ${DEMO.email} a new one with \`porchlight agent password\`.`
  return { result: { url, data: config.data }, words: `Porchlight serves ${url}${'retired' in prepared && prepared.retired ? note : ''}` }
}

export async function demo(config: Config): Promise<Started> {
  if (!isLoopback(config.host)) {
    const why = "the demo has a password that everyone knows, so HOST must be this machine's own, such as 127.0.0.1"
    throw new TaskError(`${why}, and not ${config.host}`)
  }
  const logLevel = config.logLevel === 'info' ? 'warn' : config.logLevel
  // Whoever tries webhooks out has the other end on this machine too.
  const webhookAllow = [config.webhookAllow, 'localhost', '127.0.0.0/8', '::1'].filter(Boolean).join(',')
  const { server, url } = await start({ ...config, logLevel, webhookAllow }, '/demo/', 'demo prepare')
  const { url: inbox } = (await server.administer('agent link', { email: DEMO.email })) as { url: string }
  const result = {
    url,
    shop: `${url}/demo/`,
    inbox,
    snippet: `<script async src="${url}/widget.js" data-license="${DEMO.license}" data-client-id="${DEMO.client_id}"></script>`,
    ...DEMO,
    data: config.data,
  }
  return { result, words: wordsOf(result) }
}

const wordsOf = ({ shop, inbox, snippet, email, password, data }: Readonly<Record<string, unknown>>): string =>
  [
    'Porchlight is running.',
    '',
    `  Shop page   ${shop}`,
    `  Inbox       ${inbox}`,
    `              signs you in once; after that ${email} / ${password}`,
    `  Script tag  ${snippet}`,
    '',
    `Everything is kept in ${data}. Ctrl+C ends it.`,
  ].join('\n')

interface Running {
  readonly server: Server
  readonly url: string
  /** What the task came to that was carried out before anyone could connect. */
  readonly prepared: object
}

async function start(config: Config, home: string | null, task: string): Promise<Running> {
  let prepared = {}
  const prepare = async (server: Server) => {
    prepared = await server.administer(task, {})
  }
  try {
    const { url, ...server } = await run({ ...config, home, log: createLogger(config.logLevel) }, prepare)
    return { server, url, prepared }
  } catch (error) {
    throw inUse(error) ? new TaskError(`${config.host}:${config.port} is taken by another program; set PORT to a free one`) : error
  }
}

const inUse = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
