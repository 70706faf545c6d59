/** The bot of `bench:bot`, in a thread of its own: those who read must not slow down the one who speaks. */
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { initAgent } from '../../src/sdk/agent/index.ts'
import { Porchlight } from '../../src/server-sdk/index.ts'

export interface Setting {
  readonly url: string
  readonly apiKey: string
  readonly chat: string
}

/** A message, or so many pieces of one, one every so many ms. */
export interface Saying {
  readonly piece: string
  readonly pieces: number
  readonly every: number
}

/** When it went out, in ms since 1970, and what was said at its end. */
export interface Said {
  readonly at: number
  readonly text: string
}

/** Longer than it takes until all have heard that there is an answer to come. */
const THINKS_MS = 400

const { url, apiKey, chat } = workerData as Setting
const now = () => performance.timeOrigin + performance.now()
const porchlight = new Porchlight({ apiKey, baseUrl: url })
await porchlight.users.create({ external_id: 'lumi', type: 'bot', display_name: 'Lumi' })
const bot = initAgent({ server: url, license: 1, getToken: async () => (await porchlight.users.generateToken('lumi')).token })
await bot.connect()

async function tell(text: string): Promise<Said> {
  const at = now()
  await bot.sendMessage(chat, text)
  return { at, text }
}

async function stream({ piece, pieces, every }: Saying): Promise<Said> {
  const answer = bot.stream(chat)
  await setTimeout(THINKS_MS)
  const at = now()
  for (let said = 0; said < pieces; said++) {
    answer.write(piece)
    await setTimeout(every)
  }
  return { at, text: (await answer.end())?.text ?? '' }
}

parentPort?.on('message', async (saying: Saying | null) => {
  if (!saying) return bot.destroy()
  parentPort?.postMessage(await (saying.pieces === 1 ? tell(saying.piece) : stream(saying)))
})
parentPort?.postMessage('ready')
