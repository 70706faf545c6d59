// A bot that answers in the support chats of the demo until a person does, with a model of its own making.
//
//   npm run -s demo:bot      beside `npm start`: makes the key, and the shop is at http://127.0.0.1:4600/demo/
import { initAgent } from 'porchlight/agent'
import { Porchlight } from 'porchlight/server-sdk'
import { model } from './model.mjs'

const { PORCHLIGHT = 'http://127.0.0.1:4600', PORCHLIGHT_API_KEY } = process.env

const backEnd = new Porchlight({ apiKey: PORCHLIGHT_API_KEY, baseUrl: PORCHLIGHT })
await backEnd.users.create({ external_id: 'lumi', type: 'bot', display_name: 'Lumi' })
const getToken = async () => (await backEnd.users.generateToken('lumi')).token
const bot = initAgent({ server: PORCHLIGHT, license: 1, getToken })

/** A customer has spoken, the bot was not sent away, and nobody else is there to answer. */
const isAsked = (users, author) =>
  users.some(({ id, type }) => id === author && type === 'customer') &&
  !users.some(({ id, type, present }) => (type === 'agent' && present) || (id === bot.me.id && !present))

async function reply(chat, { author_id, text = '' }) {
  if (!isAsked(bot.conversation(chat).state.users, author_id)) return
  if (/\b(person|human|somebody)\b/i.test(text)) {
    await bot.sendMessage(chat, 'I am getting somebody. They answer you right here.')
    return bot.handOver(chat, `Wants to talk to a person. The last words were: ${text.slice(0, 500)}`)
  }
  const answer = bot.stream(chat)
  try {
    for await (const piece of model(text, answer.signal)) await answer.write(piece)
  } finally {
    await answer.end({ quick_replies: ['Where is my order?', 'Talk to a person'] })
  }
}

bot.on('new_event', ({ chat, event }) => reply(chat, event).catch(({ message }) => console.error(message)))
await bot.connect()
console.log(`Lumi answers in the shop at ${PORCHLIGHT}/demo/`)
