'use server'

// What a customer can do here, carried out on the server.
import { revalidatePath } from 'next/cache'
import { cookies } from 'next/headers'
import { signedIn } from '../people.js'
import { porchlight } from '../porchlight.js'

export async function signIn(form) {
  ;(await cookies()).set('customer', String(form.get('customer')), { httpOnly: true, sameSite: 'strict' })
  revalidatePath('/')
}

export async function signOut() {
  ;(await cookies()).delete('customer')
  revalidatePath('/')
}

/** Their support chat; the first order makes it. */
async function chatOf(user_id) {
  await porchlight.users.create({ external_id: user_id })
  const [chat] = (await porchlight.chats.list({ user_id, kind: 'support', limit: 1 })).data
  return chat ?? porchlight.chats.create({ kind: 'support', users: [user_id] }, { idempotencyKey: `support-${user_id}` })
}

/** However often it is asked for, an order ships once. */
export async function ship(form) {
  const customer = await signedIn()
  if (!customer) return
  const order = String(form.get('order'))
  const { id } = await chatOf(customer.user_id)
  const said = { user_id: 'system', type: 'system', text: `Order ${order} is on its way.`, properties: { shop: { order } } }
  await porchlight.events.send(id, said, { idempotencyKey: `shipped-${order}` })
  revalidatePath('/')
}
