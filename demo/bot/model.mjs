// In the place of a model of yours: it knows three things, thinks for a while, and says them a word at a time.
import { setTimeout } from 'node:timers/promises'

const THINKS_MS = 1500
const WORD_MS = 60

const KNOWN = [
  [
    /order|parcel|arrive/i,
    'Orders leave us within **a day** and take two more. Tell me its number, and I can have a look where yours is right now.',
  ],
  [/return|refund|money/i, 'You have thirty days to send anything back. The money is with you about a week after the parcel is with us.'],
  [/open|hours|when/i, 'We are here from nine to five on working days. I am here whenever you are.'],
]

const answerTo = (question) =>
  KNOWN.find(([about]) => about.test(question))?.[1] ??
  'That is more than I know. I can tell you about **orders** and returns, or get you a person who knows everything else.'

/** Stops in the middle of a sentence when nobody wants to hear the rest. */
export async function* model(question, signal) {
  await setTimeout(THINKS_MS)
  for (const word of answerTo(question).split(/(?<= )/)) {
    if (signal.aborted) return
    yield word
    await setTimeout(WORD_MS)
  }
}
