// Who is signed in. Yours comes from a database, and has passwords.
import { cookies } from 'next/headers'

const customers = {
  ada: { user_id: 'ada', user_name: 'Ada Palmer', email: 'ada@shop.example' },
  bo: { user_id: 'bo', user_name: 'Bo Lindqvist', email: 'bo@shop.example' },
}

export const everyone = Object.values(customers)

export async function signedIn() {
  const id = (await cookies()).get('customer')?.value
  return Object.hasOwn(customers, id) ? customers[id] : null
}
