/** What customers do on the site, for agents to see: the pages they are on, and what the site tells in words of its own. */
import type { AgentRequestOf, RequestOf } from '../../protocol/actions.ts'
import type { Activity } from '../../protocol/activity.ts'
import type { CustomerPage } from '../../protocol/users.ts'
import type { BusMessage } from '../bus/bus.ts'
import type { ActivityRow, CustomerRow } from '../store/account-rows.ts'
import type { TrackWrite } from '../store/change.ts'
import type { Context, Plan, Reply } from './context.ts'
import { time } from './present.ts'
import { customerNotFound } from './refusal.ts'
import { notErased } from './standing.ts'

/** CUS3: a page that only learns its title is the one that it was. */
export const trackPage = ({ id, page: last }: Pick<CustomerRow, 'id' | 'page'>, page: CustomerPage): TrackWrite => ({
  ...{ write: 'track', customer_id: id, kind: 'page' },
  content: { ...page },
  instead: last?.url === page.url,
})

export async function trackEvent(ctx: Context, content: RequestOf<'track_event'>): Promise<Plan> {
  const { organization_id, id } = ctx.principal
  const customer = await ctx.store.customer(organization_id, id)
  if (customer?.deleted_at !== null) throw customerNotFound('track_event')
  const write: TrackWrite = { write: 'track', customer_id: id, kind: 'event', content, instead: false }
  const at = ctx.now()
  return {
    change: { at, expect: [notErased(customer)], writes: [write], idempotency: [] },
    signals: async () => [tellOfActivity(write, at)],
    answer: async () => ({}),
  }
}

export async function listCustomerActivity(
  { principal, store }: Context,
  { id }: AgentRequestOf<'list_customer_activity'>,
): Promise<Reply> {
  if ((await store.customer(principal.organization_id, id))?.deleted_at !== null) throw customerNotFound('list_customer_activity')
  return { answer: { activity: (await store.activity(id)).map(presentActivity) } }
}

/** For agents, as it happens. */
export const tellOfActivity = ({ customer_id, kind, content }: TrackWrite, at: number): BusMessage => ({
  kind: 'signal',
  audience: null,
  to: 'agents',
  author_id: customer_id,
  push: {
    action: 'incoming_customer_activity',
    payload: { customer_id, activity: presentActivity({ customer_id, kind, content, created_at: at }) },
  },
})

/** What is kept of it is what came in, as its action's schema let it through. */
const presentActivity = ({ kind, content, created_at }: ActivityRow): Activity =>
  ({ type: kind, ...content, created_at: time(created_at) }) as Activity
