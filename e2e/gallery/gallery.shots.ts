/** Each state in each look, compared with the picture that is kept of it: `npm run gallery`, and with `-- -u` the pictures are made anew. */
import { test as base, expect } from '@playwright/test'
import { ServerProcess } from '../server.ts'
import { type Look, Stage } from './stage.ts'
import { STATES } from './states.ts'

const test = base.extend<object, { server: ServerProcess }>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await ServerProcess.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
})

const LOOKS: Look[] = (['en', 'ar'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [900, 360].map((width) => ({ language, theme, width }))),
)

/** Where the widget is; a phone is full of it. */
const clipOf = ({ width, language }: Look, state: string) =>
  width > 480 && state !== 'picture' ? { clip: { x: language === 'ar' ? 0 : width - 450, y: 0, width: 450, height: 740 } } : {}

for (const [state, reach] of Object.entries(STATES)) {
  for (const look of LOOKS) {
    const name = `${state}-${look.language}-${look.theme}-${look.width > 480 ? 'desktop' : 'phone'}`
    test(name, async ({ page, server }) => {
      const stage = new Stage(page, server, look)
      await reach(stage)
      await page.mouse.move(0, 0)
      await page.waitForTimeout(400)
      await expect(page).toHaveScreenshot(`${name}.png`, { ...clipOf(look, state), maxDiffPixelRatio: 0.002, caret: 'hide' })
      await stage.leave()
    })
  }
}
