/** The addresses of back ends, `/v1/server/action/<action>`: let in by a key, written down whatever comes of it. */
import type { Principal } from '../domain/context.ts'
import { Refusal } from '../domain/refusal.ts'
import type { ApiKeyRow } from '../store/account-rows.ts'
import { audited, checkScope, isLive, keyOf, wrongKey } from './api-keys.ts'
import type { Gateway } from './gateway.ts'
import { spared } from './nonsense.ts'
import { countAndTell } from './rate-headers.ts'
import { requestKeyOf } from './request-keys.ts'
import { type HttpAsked, json, type Route, readBody } from './routes.ts'
import { upload } from './uploads.ts'

const UPLOAD = 'upload_file'

export const backendRoutes = (gateway: Gateway): Route[] => [
  {
    method: 'POST',
    path: `/v1/server/action/${UPLOAD}`,
    purpose: 'upload the file',
    streams: true,
    handle: (asked) =>
      attended(gateway, asked, UPLOAD, async ({ principal }) => {
        const spec = gateway.dispatcher.specOf('backend', 'http', UPLOAD, {})
        return (await upload(gateway, principal, spec, asked)).answer
      }),
  },
  {
    method: 'POST',
    path: '/v1/server/action/:name',
    purpose: 'carry out the action',
    handle: (asked) => attended(gateway, asked, asked.name, (use) => carryOut(gateway, asked, use)),
  },
]

/** One use of a key. */
interface Use {
  readonly principal: Principal
  /** The change that was made has it written down. */
  noted: boolean
  readonly key: ApiKeyRow
}

async function attended(gateway: Gateway, asked: HttpAsked, action: string, take: (use: Use) => Promise<object>) {
  const key = await spared(gateway.parts.rates, asked, action, () => liveKeyOf(gateway, asked, action))
  const principal: Principal = { type: 'backend', id: key.id, organization_id: key.organization_id }
  const use: Use = { principal, key, noted: false }
  try {
    countAndTell(gateway, asked, action, gateway.dispatcher.rateOf(action), principal)
    checkScope(key, gateway.dispatcher.scopeOf(action), action)
    const answer = await take(use)
    if (!use.noted) await note(gateway, key, asked, action, 'ok')
    return json(answer)
  } catch (error) {
    await note(gateway, key, asked, action, error instanceof Refusal ? error.type : 'internal')
    throw error
  }
}

/** What is tried with a key that counts no more is written down as well. */
async function liveKeyOf(gateway: Gateway, asked: HttpAsked, action: string): Promise<ApiKeyRow> {
  const { store, clock } = gateway.parts
  const key = await keyOf(store, asked, action)
  if (isLive(key, clock)) return key
  await note(gateway, key, asked, action, 'authentication')
  throw wrongKey(action)
}

async function carryOut(gateway: Gateway, asked: HttpAsked, use: Use): Promise<object> {
  const payload = readBody(asked, asked.name)
  const spec = gateway.dispatcher.specOf('backend', 'http', asked.name, payload)
  const { principal } = use
  const key = spec.write ? requestKeyOf(asked, `backend:${principal.id}`, payload) : null
  const ctx = gateway.contextOf(principal, asked)
  const also = audited(use.key, asked, asked.name, 'ok', ctx.now())
  const result = await gateway.dispatcher.run({ ctx, action: asked.name, payload, key, address: asked.address, also, origin: () => null })
  if ('reply' in result) {
    use.noted = result.noted ?? false
    return result.reply.answer
  }
  use.noted = !result.committed.replayed
  return result.plan.answer(result.committed)
}

/** Where there is no space even for that, the log of the process has it. */
async function note({ dispatcher, parts }: Gateway, key: ApiKeyRow, asked: HttpAsked, action: string, outcome: string): Promise<void> {
  const at = parts.clock.now()
  const done = await dispatcher.commit({ at, expect: [], writes: audited(key, asked, action, outcome, at), idempotency: [] })
  if (!done.ok) parts.log.warn({ key_id: key.id, action, outcome, request_id: asked.request_id }, 'unable to write down the use of a key')
}
