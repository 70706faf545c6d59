// The customer's orders, and what the back end knows of their chat.
import { everyone, signedIn } from '../people.js'
import { porchlight, SERVER } from '../porchlight.js'
import { Chat } from './chat.jsx'
import { ship, signIn, signOut } from './orders.js'

const ORDERS = ['1234', '1235']

/** What the chat believes of who is signed in, because only a back end has the key. */
const tokenOf = async (customer) => (await porchlight.auth.createToken({ ...customer, expires_in: 3600 })).token

async function lastSaid(user_id) {
  await porchlight.users.create({ external_id: user_id })
  const [chat] = (await porchlight.chats.list({ user_id, limit: 1 })).data
  return chat?.last_event?.text ?? 'nothing yet'
}

export default async function Page() {
  const customer = await signedIn()
  return (
    <main>
      <h1>Lantern &amp; Co.</h1>
      {customer ? <Orders customer={customer} /> : <SignIn />}
      <Chat server={SERVER} token={customer && (await tokenOf(customer))} />
    </main>
  )
}

async function Orders({ customer: { user_id, user_name } }) {
  return (
    <>
      <form action={signOut}>
        <p>
          Signed in as <b>{user_name}</b> <button type="submit">Sign out</button>
        </p>
      </form>
      <h2>Your orders</h2>
      <ul>
        {ORDERS.map((order) => (
          <li key={order}>
            <form action={ship}>
              <input type="hidden" name="order" value={`${user_id}-${order}`} />
              Order {order} <button type="submit">Ship it</button>
            </form>
          </li>
        ))}
      </ul>
      <p>
        Last said in your chat: <q>{await lastSaid(user_id)}</q>
      </p>
    </>
  )
}

function SignIn() {
  return (
    <form action={signIn}>
      {everyone.map(({ user_id, user_name }) => (
        <button key={user_id} type="submit" name="customer" value={user_id}>
          Sign in as {user_name}
        </button>
      ))}
    </form>
  )
}
