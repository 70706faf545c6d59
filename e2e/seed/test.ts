/** The snippets' `test`: a page to run them on, and the certainty that none is left out. */
import { expect, mergeTests } from '@playwright/test'
import { test as journeyTest } from '../journeys/test.ts'
import { test as packageTest } from '../package/test.ts'
import { headingsOf, Scene } from './scene.ts'

export { expect }

export const test = mergeTests(journeyTest, packageTest).extend<{ scene: Scene; started: Scene }>({
  scene: async ({ page, server }, use) => {
    const scene = await Scene.open(page, server)
    await use(scene)
    await scene.close()
  },
  /** With `customerSDK` on it, connected. */
  started: async ({ scene }, use) => {
    await scene.start()
    await use(scene)
  },
})

/** The id that is printed for a chat, mostly. */
export const CHAT = 'ON0X0R0L67'

/** Waits for what was logged, from the first call on. */
export const logged = (scene: Scene, at = 0): ReturnType<typeof expect.poll> => expect.poll(() => scene.logged[at])

/** Tests of a section, each named after its snippet. */
export function section(name: string, define: (snippet: (heading: string) => string) => void): void {
  const run: string[] = []
  const snippet = (heading: string) => {
    run.push(heading)
    return heading
  }
  test.describe(name, () => {
    define(snippet)
    test('no snippet is left out', () => expect([...run].sort()).toEqual(headingsOf(name).sort()))
  })
}
