/** Calls that come seldom: the first at once, then the last that was wanted, and nothing in between. */
import { describe, expect, it } from 'vitest'
import { SEEN_EVERY_MS, SNEAK_PEEK_EVERY_MS } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { createPace } from './pace.ts'

function create(every: number) {
  const clock = createClock()
  const start = clock.now()
  const sent: string[] = []
  const pace = createPace(clock, every, async (key: string, value: string) => {
    sent.push(`${key} ${value} at ${clock.now() - start}`)
    return `answer to ${value}`
  })
  return { clock, sent, pace }
}

describe('what is paced', () => {
  it('[TYP2, SEE4] goes out at once, then at most once a stretch, and the last always does', async () => {
    expect([SNEAK_PEEK_EVERY_MS, SEEN_EVERY_MS]).toEqual([2_000, 1_000])
    const { clock, sent, pace } = create(2_000)
    for (let n = 0; n < 30; n++) {
      pace.push('a', `${n}`)
      await clock.advance(150)
    }
    await clock.advance(10_000)
    expect(sent).toEqual(['a 0 at 0', 'a 13 at 2000', 'a 26 at 4000', 'a 29 at 6000'])
  })

  it('leaves one key’s pace to another', async () => {
    const { sent, pace } = create(1_000)
    pace.push('a', '1')
    pace.push('b', '1')
    expect(sent).toEqual(['a 1 at 0', 'b 1 at 0'])
  })

  it('gives what was overtaken the answer of what went out in its place', async () => {
    const { clock, pace } = create(1_000)
    const answers = ['1', '2', '3'].map((value) => pace.push('a', value))
    await clock.advance(1_000)
    expect(await Promise.all(answers)).toEqual(['answer to 1', 'answer to 3', 'answer to 3'])
  })

  it('may be cancelled while it waits, and then begins anew', async () => {
    const { clock, sent, pace } = create(1_000)
    pace.push('a', '1')
    pace.push('a', '2')
    pace.cancel('a')
    await clock.advance(5_000)
    pace.push('a', '3')
    expect(sent).toEqual(['a 1 at 0', 'a 3 at 5000'])
  })
})
