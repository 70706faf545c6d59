/** Files in the visitor's hands: chosen, dropped and pasted, looked at before they go, stopped, tried again, and seen large. */
import type { FileChooser, Locator } from '@playwright/test'
import type { Visitor } from './people.ts'
import { expect, test } from './test.ts'

/** A red square. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkCAIAAAD/gAIDAAAAw0lEQVR42u3QQQ0AAAgEoNO+RjOFLwcJEK0cAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDgMEWZ1wBxzZB8QAAAABJRU5ErkJggg==',
  'base64',
)
const picture = (name = 'lamp.png') => ({ name, mimeType: 'image/png', buffer: PICTURE })

const attached = (visitor: Visitor): Locator => visitor.page.getByRole('button', { name: /^Remove / })

async function choose({ page }: Visitor, files: Parameters<FileChooser['setFiles']>[0]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach file' }).click()])
  await chooser.setFiles(files)
}

/** Hands a file to the panel as the browser would: with a drop, or with a paste. */
async function hand(visitor: Visitor, type: 'drop' | 'paste', name: string): Promise<void> {
  await visitor.box.evaluate(
    (box, { type, name }) => {
      const data = new DataTransfer()
      data.items.add(new File(['something'], name, { type: 'text/plain' }))
      const init = { bubbles: true, cancelable: true, composed: true }
      box.dispatchEvent(
        type === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: data })
          : new ClipboardEvent('paste', { ...init, clipboardData: data }),
      )
    },
    { type, name },
  )
}

test.beforeEach(async ({ server, visitor }) => {
  await visitor.visit(server.url)
  await visitor.openChat()
})

test('files by button, drop and paste go with the next message, as far as the visitor leaves them there', async ({
  visitor,
  agent,
  server,
}) => {
  await agent.signIn(server.url)
  await choose(visitor, [picture(), { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') }])
  await hand(visitor, 'drop', 'dropped.txt')
  await hand(visitor, 'paste', 'pasted.txt')
  await expect(attached(visitor)).toHaveCount(4)
  await visitor.page.getByRole('button', { name: 'Remove notes.txt' }).click()
  await expect(visitor.box).toBeFocused()
  // Nothing is sent before the visitor says so.
  await agent.page.getByRole('radio', { name: 'All' }).check({ force: true })
  await expect(agent.chats).toHaveCount(0)
  await visitor.box.fill('This is the lamp')
  await visitor.box.press('Enter')
  await agent.openChat()
  for (const { log } of [visitor, agent]) {
    await expect(log.getByRole('img', { name: 'lamp.png' })).toBeVisible()
    await expect(log.getByRole('link', { name: /dropped\.txt|pasted\.txt/ })).toHaveCount(2)
    await expect(log).toContainText('This is the lamp')
    await expect(log).not.toContainText('notes.txt')
    const names = await log.locator('img, .file bdi').evaluateAll((all) => all.map((one) => one.getAttribute('alt') ?? one.textContent))
    expect(names.filter((name) => name?.includes('.'))).toEqual(['lamp.png', 'dropped.txt', 'pasted.txt'])
  }
  await expect(attached(visitor)).toHaveCount(0)
})

test('a file alone is a message, and begins a chat', async ({ visitor, agent, server }) => {
  await agent.signIn(server.url)
  await choose(visitor, picture())
  await visitor.page.getByRole('button', { name: 'Send' }).click()
  await expect(agent.chats).toHaveCount(1)
  await expect(visitor.log.getByRole('img', { name: 'lamp.png' })).toBeVisible()
})

test('what is too large or too many is said, and the rest stays', async ({ visitor }) => {
  await choose(visitor, [picture(), { name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) }])
  await expect(visitor.page.getByText('film.bin is larger than 10 MB.')).toBeVisible()
  await expect(attached(visitor)).toHaveCount(1)
  await choose(
    visitor,
    Array.from({ length: 12 }, (_, at) => picture(`${at}.png`)),
  )
  await expect(visitor.page.getByText('At most 10 files go with one message.')).toBeVisible()
  await expect(attached(visitor)).toHaveCount(10)
})

test('a file on its way shows how far it is, and is stopped', async ({ visitor, agent, server }) => {
  await agent.signIn(server.url)
  await visitor.say('Look at this')
  await agent.openChat()
  const session = await visitor.page.context().newCDPSession(visitor.page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 })
  await choose(visitor, { name: 'slow.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4_000_000) })
  await visitor.box.press('Enter')
  const bar = visitor.page.getByRole('progressbar', { name: 'Sending slow.bin' })
  await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(0.1)
  // Another message does not wait for it.
  await visitor.say('It is large')
  await expect(agent.log).toContainText('It is large')
  await visitor.page.getByRole('button', { name: 'Cancel sending slow.bin' }).click()
  await expect(bar).toHaveCount(0)
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  await visitor.say('Never mind')
  await expect(agent.log).toContainText('Never mind')
  await expect(agent.log.getByRole('link')).toHaveCount(0)
})

test('what the server will not take says so and goes away', async ({ visitor }) => {
  await visitor.page.route('**/upload_file?*', (route) =>
    route.fulfill({
      status: 400,
      json: { error: { type: 'validation', message: 'unable to upload_file; no' } },
      headers: { 'access-control-allow-origin': '*' },
    }),
  )
  await choose(visitor, picture())
  await visitor.box.press('Enter')
  await expect(visitor.page.getByRole('alert')).toHaveText('lamp.png cannot be sent here.')
  await visitor.page.getByRole('button', { name: 'Remove lamp.png' }).click()
  await expect(visitor.page.getByRole('alert')).toHaveCount(0)
})

test('without the module for files they stay where they are, and go when it is there', async ({ visitor }) => {
  await visitor.page.route('**/widget-files.js?*', (route) => route.abort(), { times: 1 })
  await choose(visitor, picture())
  await visitor.box.press('Enter')
  await expect(visitor.page.getByText('That could not be loaded. Try again.')).toBeVisible()
  await expect(attached(visitor)).toHaveCount(1)
  await visitor.box.press('Enter')
  await expect(visitor.log.getByRole('img', { name: 'lamp.png' })).toBeVisible()
})

test('a picture opens over the page, leads to its neighbours, and gives the focus back', async ({ visitor }) => {
  const { page } = visitor
  await choose(visitor, [picture('first.png'), picture('second.png')])
  await visitor.box.press('Enter')
  const link = visitor.log.getByRole('link', { name: 'second.png' })
  await expect(link).toBeVisible()
  await expect(visitor.log.getByRole('img')).toHaveCount(2)
  const names = await visitor.log.getByRole('img').evaluateAll((all) => all.map((one) => one.getAttribute('alt')))
  const last = names.at(-1) ?? ''
  await visitor.log.getByRole('link', { name: last }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Close', exact: true }) })
  await expect(dialog.getByRole('img', { name: last })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(dialog.getByRole('img', { name: names[0] ?? '' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(visitor.box).toBeVisible()
  await expect(visitor.log.getByRole('link', { name: last })).toBeFocused()
})
