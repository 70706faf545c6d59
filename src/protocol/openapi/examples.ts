/** Requests as somebody might really make them, each made from its schema. */
import type { JsonSchema } from './form.ts'
import { namedSchemas } from './schemas.ts'

/** By the field's name; where its owner stands in front it is in every example of that owner. */
const VALUES: Readonly<Record<string, unknown>> = {
  user_id: 'user-42',
  user_ids: ['user-42'],
  external_id: 'user-42',
  chat_id: 'a3f1c09be2d84d6f',
  thread_id: 'a3f1c09be2d84d6f_1',
  event_id: 'a3f1c09be2d84d6f_1_4',
  id: 'a3f1c09be2d84d6f',
  file_id: '7be0d5c1f2a94e83',
  text: 'Where is my order?',
  after: 0,
  properties: { shop: { order: 1042 } },
  url: 'https://shop.example.com/cart',
  name: 'added_to_cart',
  session_fields: [{ plan: 'business' }],
  sneak_peek_text: 'Where is my',
  visitor_key: 'Zk3vB0xq7Yw1mT9sR4uLpA',
  refresh_token: 'q8Jw…',
  token: 'eyJhbGciOi…',
  email: 'robin@example.com',
  password: 'correct horse battery staple',
  rating: { value: 'good' },
  is_typing: true,
  emoji: '👍',
  offset: 18,
  summary: 'Order 1042 has not arrived; the customer wants the money back.',
  'start_chat.chat': { thread: { events: [{ type: 'message', text: 'Where is my order?' }] } },
  'mark_events_as_seen.seq': 42,
  'stream_event.text': ' is on its way.',
  'get_customer.id': 'c41d7a90f3b24e5c',
  'list_customer_activity.id': 'c41d7a90f3b24e5c',
  'delete_file.file_id': '7be0d5c1f2a94e83',
  'track_event.data': { sku: 'LANTERN-2', price: 49 },
  'create_token.user_name': 'Ann',
  'create_user.display_name': 'Ann',
  'update_user.badge': 'VIP',
  'create_chat.kind': 'group',
  'create_chat.users': ['user-42', 'user-43'],
  'update_chat.name': 'Order 1042',
  'update_chat.status': 'resolved',
  'send_event.user_id': 'user-42',
  'edit_event.text': 'Where is my order 1042?',
  'create_upload.name': 'lantern.jpg',
  'update_customer.name': 'Ann',
  'update_customer.email': 'ann@example.com',
  'update_customer_page.title': 'Your cart',
  webhook_id: '5f0cd93be1a74f28',
  delivery_id: 'msg_p5jXN8AQM9LWM0D4loKWxJekq1oZpZ8uV0mYw3nB7sT',
  'register_webhook.url': 'https://shop.example.com/porchlight',
  'register_webhook.events': ['incoming_event', 'chat_deactivated'],
  'update_webhook.enabled': true,
  'list_webhook_deliveries.status': 'failed',
}

/** Of a deletion it is names that are listed. */
const NAMES = { shop: ['order'] }

export function exampleOf(schema: JsonSchema, owner: string): unknown {
  const { properties = {}, required = [], anyOf } = resolved(schema)
  if (anyOf) return exampleOf(anyOf[0] as JsonSchema, owner)
  const wanted = Object.entries(properties).filter(([name]) => required.includes(name) || `${owner}.${name}` in VALUES)
  return Object.fromEntries(wanted.map(([name, field]) => [name, oneValue(field, owner, name)]))
}

function oneValue(field: JsonSchema, owner: string, name: string): unknown {
  if (field.$ref?.endsWith('/PropertyNames')) return NAMES
  const { const: constant, type, properties, anyOf } = resolved(field)
  if (constant !== undefined) return constant
  const known = VALUES[`${owner}.${name}`] ?? VALUES[name]
  if (known !== undefined) return known
  if (type === 'object' && properties) return exampleOf(field, owner)
  if (anyOf) return exampleOf(field, owner)
  throw new Error(`unable to make an example of ${owner}; no value for ${name}`)
}

const named = namedSchemas()

const resolved = (schema: JsonSchema): JsonSchema =>
  schema.$ref === undefined ? schema : resolved(named[schema.$ref.slice('#/components/schemas/'.length)] as JsonSchema)
