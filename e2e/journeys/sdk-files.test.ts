/** A file's way from the SDK page to the agent: with progress, cancelled on the way and after it, and sent again. */
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { ServerProcess } from '../server.ts'
import { expect, test } from './test.ts'

const NAME = 'drawing.bin'
/** What does not compress, and is known again by its bytes. */
const FILE = randomBytes(3_000_000)
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Every file that the server keeps, by its bytes; one that goes to its place or away in this moment is still there. */
async function onDisk(server: ServerProcess): Promise<string[]> {
  const found = await readdir(join(server.data, 'files'), { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile())
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)).then(digest, () => 'on its way')))
}

/** Sets how fast a page may upload, in bytes a second. */
async function uploadSpeed(page: Page): Promise<(uploadThroughput: number) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const conditions = { offline: false, latency: 0, downloadThroughput: -1 }
  return (uploadThroughput) => session.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput })
}
const AS_FAST_AS_CAN_BE = -1

/** What is deleted goes with the server's next sweep. */
const SWEPT_WITHIN_MS = 45_000

test.beforeEach(async ({ server, customer, agent }) => {
  await customer.visit(server.url)
  await customer.say('Here comes the drawing')
  await agent.signIn(server.url)
  await agent.openChat()
  await expect(agent.log).toContainText('Here comes the drawing')
})

test('a file is sent with progress, cancelled on the way, and sent again', async ({ server, customer, agent }) => {
  const { page, log } = customer
  const progress = log.getByRole('progressbar', { name: `Sending ${NAME}` })
  const reached = () => progress.evaluate((bar: HTMLProgressElement) => bar.value)
  const limit = await uploadSpeed(page)
  await limit(150_000)
  await customer.attach(NAME, FILE)
  const steps: number[] = []
  await expect.poll(async () => steps.push(await reached()) && steps.at(-1), { intervals: [100] }).toBeGreaterThan(0.1)
  expect(steps.at(-1)).toBeLessThan(1)
  expect(steps).toEqual([...steps].sort((a, b) => a - b))
  expect(await onDisk(server)).toHaveLength(1)

  await log.getByRole('button', { name: 'Cancel' }).click()
  await expect(log.getByText('Cancelled')).toBeVisible()
  await expect(progress).toHaveCount(0)
  await expect.poll(() => onDisk(server)).toEqual([])
  await expect(agent.log.getByText(NAME)).toHaveCount(0)

  await limit(AS_FAST_AS_CAN_BE)
  await log.getByRole('button', { name: 'Send again' }).click()
  for (const side of [customer.log, agent.log]) await expect(side.getByRole('link', { name: NAME })).toHaveCount(1)
  await expect(log.getByText('Cancelled')).toHaveCount(0)
  expect(await onDisk(server)).toEqual([digest(FILE)])
  const download = agent.page.waitForEvent('download')
  await agent.log.getByRole('link', { name: NAME }).click()
  expect(digest(await readFile(await (await download).path()))).toBe(digest(FILE))

  for (const { page } of [customer, agent]) await page.reload()
  await agent.openChat()
  for (const side of [customer.log, agent.log]) await expect(side.getByRole('link', { name: NAME })).toHaveCount(1)
})

test('a file is cancelled when the server has all of it and the page does not know', async ({ server, customer, agent }) => {
  test.setTimeout(90_000)
  const { page, log } = customer
  const answers: (() => void)[] = []
  await page.route('**/upload_file**', async (route) => {
    const response = await route.fetch()
    await new Promise<void>((resolve) => answers.push(resolve))
    await route.fulfill({ response }).catch(() => {})
  })
  await customer.attach(NAME, FILE)
  await expect.poll(() => answers.length).toBe(1)
  expect(await onDisk(server)).toEqual([digest(FILE)])
  await log.getByRole('button', { name: 'Cancel' }).click()
  await expect(log.getByText('Cancelled')).toBeVisible()
  for (const answer of answers) answer()
  await expect.poll(() => onDisk(server), { timeout: SWEPT_WITHIN_MS }).toEqual([])

  await page.unroute('**/upload_file**')
  await log.getByRole('button', { name: 'Send again' }).click()
  for (const side of [customer.log, agent.log]) await expect(side.getByRole('link', { name: NAME })).toHaveCount(1)
  expect(await onDisk(server)).toEqual([digest(FILE)])
})

test('a picture is shown to both, and to a tab that is opened later', async ({ server, customer, agent }) => {
  const png = await customer.page.screenshot()
  await customer.attach('page.png', png)
  const later = await customer.another()
  await later.visit(server.url)
  for (const { log } of [customer, agent, later]) {
    const picture = log.getByRole('img', { name: 'page.png' })
    await expect(picture).toHaveCount(1)
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1280)
  }
})
