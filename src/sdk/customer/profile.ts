/** What customers say of themselves, and of the page they are on. */
import type { ResponseOf } from '../../protocol/actions.ts'
import type { CustomerDetails as WireDetails } from '../../protocol/users.ts'
import { report } from '../kit/emitter.ts'
import { asFailure } from '../wire/failure.ts'
import type { CustomerSDK } from './api.ts'
import { check, isFunction } from './arguments.ts'
import type { Part } from './part.ts'
import { detailsOf, userOf } from './shapes.ts'
import { areDetails } from './takes.ts'

type ProfileMembers = Pick<CustomerSDK, 'updateCustomer' | 'getCustomer' | 'setCustomerSessionFields' | 'updateCustomerPage'>

/** What the page says of the customer at a login. A page that fails at it, which it hears of, keeps nobody from chatting. */
export async function askDetails({ settings }: Part): Promise<WireDetails | undefined> {
  check(isFunction(settings.customerDataProvider), 'customerDataProvider')
  try {
    const details = await settings.customerDataProvider?.()
    if (!details) return
    check(areDetails(details), 'details')
    return detailsOf(details)
  } catch (error) {
    report(error)
    return
  }
}

export function createProfile({ client: { ask, connection, events }, settings }: Part): ProfileMembers {
  /** The answer stands in the place of the push that other tabs get. */
  const heard = (payload: ResponseOf<'update_customer'>) => events.emit('push', { action: 'customer_updated', payload: payload as never })

  return {
    async updateCustomer(details) {
      await ask('update_customer', detailsOf(details), heard)
      return { success: true }
    },
    async getCustomer() {
      const { customer } = await ask('get_customer', {})
      return userOf(customer)
    },
    async setCustomerSessionFields(fields) {
      await ask('set_customer_session_fields', { session_fields: detailsOf({ fields }).session_fields ?? [] }, heard)
      return { success: true }
    },
    async updateCustomerPage(page) {
      settings.page = page
      try {
        if (connection.state === 'live') await ask('update_customer_page', page)
      } catch (error) {
        // The next login tells of it.
        if (!asFailure(error).retryable) throw error
      }
      return { success: true }
    },
  }
}
