/** How much is unread, for a page that shows no more than that: asked with a token and without a login, and nothing is set by it (LIN10). */
import { UnreadRequest } from '../../protocol/receipts.ts'
import type { Static } from '../../protocol/schema.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { getUnreadCount } from '../domain/receipts.ts'
import { invalid, Refusal } from '../domain/refusal.ts'
import type { Gateway } from './gateway.ts'
import { tellRate } from './rate-headers.ts'
import { json, type Route, readBody } from './routes.ts'

const ACTION = 'count what is unread'

export const unreadRoute = (gateway: Gateway): Route => ({
  method: 'POST',
  path: '/v1/customer/unread',
  purpose: ACTION,
  async handle(asked) {
    const { client } = await gateway.authenticator.client(asked, ACTION)
    const body = readBody(asked, ACTION)
    const problem = firstProblem(UnreadRequest, body)
    if (problem) throw invalid(ACTION, problem.path || 'body', problem.why)
    const customer = await gateway.unreadTokens.read((body as Static<typeof UnreadRequest>).token, client)
    if (!customer) throw new Refusal('authentication', `unable to ${ACTION}; the token is wrong, expired or revoked`)
    const { id, organization_id } = customer
    const { rates } = gateway.parts
    const retry_after_ms = rates.take('unread', id)
    tellRate(rates, asked, 'unread', id)
    if (retry_after_ms > 0) throw new Refusal('too_many_requests', `unable to ${ACTION}; too many requests`, { retry_after_ms })
    const { answer } = await getUnreadCount(gateway.contextOf({ type: 'customer', id, organization_id }, asked))
    return json(answer)
  },
})
