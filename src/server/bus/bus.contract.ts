/** What every bus does. Whatever it may lose, it does not lose it between subscribers of one process that are all well. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Bus, BusMessage } from './bus.ts'

/** Opens two ends of one bus, as two server processes have them; where there is one process only both are the same. */
export type OpenBus = () => Promise<{ readonly here: Bus; readonly there: Bus }>

const message = (seq: number): BusMessage => ({
  kind: 'user_entries',
  organization_id: 'org',
  entries: [{ user_id: 'ann', seq, kind: 'profile_updated', chat_id: null, event_id: null, author_id: null, created_at: 1 }],
})

const seqOf = (received: BusMessage): number => (received.kind === 'user_entries' ? (received.entries[0]?.seq ?? 0) : 0)

export function busContract(name: string, open: OpenBus): void {
  describe(`bus: ${name}`, () => {
    const openEnds: Bus[] = []
    const opened = async () => {
      const ends = await open()
      openEnds.push(...new Set([ends.here, ends.there]))
      return ends
    }
    afterEach(async () => {
      for (const bus of openEnds.splice(0)) await bus.close()
    })

    it('[RES9] tells every subscriber of the organization, the publisher’s own process too', async () => {
      const { here, there } = await opened()
      const [one, two]: BusMessage[][] = [[], []]
      await here.subscribe('org', (received) => one?.push(received))
      await there.subscribe('org', (received) => two?.push(received))
      here.publish('org', message(1))
      await expect.poll(() => [one, two]).toEqual([[message(1)], [message(1)]])
    })

    it('[MEM6] tells nobody of another organization', async () => {
      const { here } = await opened()
      const [own, foreign]: number[][] = [[], []]
      await here.subscribe('org', (received) => own?.push(seqOf(received)))
      await here.subscribe('other', (received) => foreign?.push(seqOf(received)))
      here.publish('org', message(1))
      await expect.poll(() => own).toEqual([1])
      expect(foreign).toEqual([])
    })

    it('tells each subscriber in the order of publishing', async () => {
      const { here } = await opened()
      const got: number[] = []
      await here.subscribe('org', (received) => got.push(seqOf(received)))
      const sent = Array.from({ length: 200 }, (_, at) => at + 1)
      for (const seq of sent) here.publish('org', message(seq))
      await expect.poll(() => got).toEqual(sent)
    })

    it('keeps the order when a subscriber publishes while it is told', async () => {
      const { here } = await opened()
      const [first, second]: number[][] = [[], []]
      await here.subscribe('org', (received) => {
        first?.push(seqOf(received))
        if (seqOf(received) === 1) here.publish('org', message(3))
      })
      await here.subscribe('org', (received) => second?.push(seqOf(received)))
      here.publish('org', message(1))
      here.publish('org', message(2))
      await expect
        .poll(() => [first, second])
        .toEqual([
          [1, 2, 3],
          [1, 2, 3],
        ])
    })

    it('does not tell inside the call that publishes', async () => {
      const { here } = await opened()
      const got: number[] = []
      await here.subscribe('org', (received) => got.push(seqOf(received)))
      here.publish('org', message(1))
      expect(got).toEqual([])
      await expect.poll(() => got).toEqual([1])
    })

    it('tells no more once a subscription has ended, and the others still', async () => {
      const { here } = await opened()
      const [ended, lasting]: number[][] = [[], []]
      const receive = (received: BusMessage) => void ended?.push(seqOf(received))
      const stop = await here.subscribe('org', receive)
      await here.subscribe('org', (received) => lasting?.push(seqOf(received)))
      here.publish('org', message(1))
      await expect.poll(() => ended).toEqual([1])
      stop()
      stop()
      here.publish('org', message(2))
      await expect.poll(() => lasting).toEqual([1, 2])
      expect(ended).toEqual([1])
    })

    it('keeps two subscriptions of one function apart', async () => {
      const { here } = await opened()
      const got: number[] = []
      const receive = (received: BusMessage) => void got.push(seqOf(received))
      const stop = await here.subscribe('org', receive)
      await here.subscribe('org', receive)
      here.publish('org', message(1))
      await expect.poll(() => got).toEqual([1, 1])
      stop()
      here.publish('org', message(2))
      await expect.poll(() => got).toEqual([1, 1, 2])
    })

    it('carries a message unchanged', async () => {
      const { here, there } = await opened()
      const got: BusMessage[] = []
      await there.subscribe('org', (received) => got.push(received))
      const sent: BusMessage = {
        kind: 'signal',
        audience: { organization_id: 'org', chat_id: 'chat', kind: 'support', members: [{ user_id: 'ann', user_type: 'customer' }] },
        to: 'agents',
        author_id: 'ann',
        push: { action: 'incoming_sneak_peek', payload: { chat_id: 'chat', text: 'Where is my ord – „ü“ 💡' } },
      }
      here.publish('org', sent)
      await expect.poll(() => got).toEqual([sent])
    })

    it('publishing where nobody listens, and after the end, harms nobody', async () => {
      const { here } = await opened()
      here.publish('nobody', message(1))
      const got: number[] = []
      await here.subscribe('org', (received) => got.push(seqOf(received)))
      await here.close()
      here.publish('org', message(2))
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(got).toEqual([])
    })
  })
}
