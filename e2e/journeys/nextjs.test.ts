/** The demo in Next.js, started by its one command: whoever signs in there is known to the chat, and hears of what ships. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, type ServerProcess } from '../server.ts'
import { expect, test } from './test.ts'

const DEMO = fileURLToPath(new URL('../../.ci/demo.mjs', import.meta.url))
const READY_WITHIN_MS = 150_000

async function start(server: ServerProcess): Promise<{ url: string; stop(): Promise<void> }> {
  const port = String(await freePort())
  const env = { ...process.env, PORT: String(server.port), PORCHLIGHT_DATA: server.data, SHOP_PORT: port }
  const demo = spawn(process.execPath, [DEMO, 'nextjs'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}`
  for (const started = Date.now(); Date.now() - started < READY_WITHIN_MS; await setTimeout(200)) {
    if (demo.exitCode !== null) break
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (!answered) continue
    const stop = async () => {
      demo.kill('SIGTERM')
      await once(demo, 'exit')
    }
    return { url, stop }
  }
  demo.kill('SIGTERM')
  throw new Error('unable to start the demo; it does not answer')
}

test('npm run demo:nextjs: a customer signs in, and is told in their chat that the order ships', async ({
  server,
  visitor: { page, log },
}) => {
  test.setTimeout(READY_WITHIN_MS + 60_000)
  const shop = await start(server)
  try {
    await page.goto(shop.url)
    await page.getByRole('button', { name: 'Sign in as Ada Palmer' }).click()
    await expect(page.getByText('nothing yet')).toBeVisible()
    await page.getByRole('button', { name: 'Ship it' }).first().click()
    await expect(page.getByText(/Last said in your chat: .*1234/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Open chat' })).toHaveAccessibleDescription('1 unread message')
    await page.getByRole('button', { name: 'Open chat' }).click()
    await expect(log).toContainText('1234')
  } finally {
    await shop.stop()
  }
})
