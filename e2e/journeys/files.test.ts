/** Files from a visitor's page to the agent's: sent with progress, cancelled, cut off, and shown on both sides. */
import type { Page } from '@playwright/test'
import type { ChatSummary, CustomerSDK } from '../../src/sdk/customer/index.ts'
import { expect, test } from './test.ts'

declare global {
  interface Window {
    CustomerSDK: { init(config: { license: number; clientId: string }): CustomerSDK }
    sdk: CustomerSDK
    chat: string
    file: File
    sending: ReturnType<CustomerSDK['sendFile']>
    progress: number[]
  }
}

/** The SDK beside the widget: the same visitor, in the chat that was begun there. */
async function withSdk(page: Page, server: string): Promise<void> {
  await page.addScriptTag({ url: `${server}/customer-sdk.js` })
  await page.evaluate(async () => {
    window.sdk = window.CustomerSDK.init({ license: 1, clientId: 'demo' })
    const { chatsSummary } = await window.sdk.getChatsSummary()
    window.chat = (chatsSummary[0] as ChatSummary).id
  })
}

test.beforeEach(async ({ server, visitor, agent }) => {
  await agent.signIn(server.url)
  await visitor.visit(server.url)
  await visitor.openChat()
  await visitor.say('Look at this')
  await expect(agent.chats).toHaveCount(1)
  await withSdk(visitor.page, server.url)
})

/** How fast the page may send; null is as fast as it can. */
async function uploadSpeed(page: Page, bytesPerSecond: number | null): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond ?? -1 }
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', conditions)
}

/** A picture of many bytes: what is drawn by chance does not compress. */
async function draw([width, height]: readonly [number, number]): Promise<void> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const image = context.createImageData(width, height)
  for (let at = 0; at < image.data.length; at++) image.data[at] = at % 4 === 3 ? 255 : Math.random() * 256
  context.putImageData(image, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  window.file = new File([blob as Blob], 'noise.png', { type: 'image/png' })
}

test('a picture is sent with progress, and shown to both in the place that was kept for it', async ({ visitor, agent }) => {
  await agent.openChat()
  await uploadSpeed(visitor.page, 2_000_000)
  await visitor.page.evaluate(draw, [900, 1200] as const)
  const { progress, sent } = await visitor.page.evaluate(async () => {
    const progress: number[] = []
    const { file } = window
    const sent = await window.sdk.sendFile(window.chat, { file }, { onProgress: (part) => progress.push(part) })
    return { progress, sent: { ...sent, sizeWas: file.size } }
  })
  expect(progress.at(-1)).toBe(1)
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
  expect(progress.length).toBeGreaterThan(1)
  expect(sent).toMatchObject({ name: 'noise.png', contentType: 'image/png', width: 900, height: 1200, size: sent.sizeWas })
  for (const { log } of [visitor, agent]) {
    const picture = log.getByRole('img', { name: 'noise.png' })
    await expect(picture).toBeVisible()
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(900)
    expect(await picture.evaluate((img: HTMLImageElement) => img.clientHeight)).toBeLessThanOrEqual(320)
    await expect(log.getByRole('link', { name: 'noise.png' })).toHaveAttribute('rel', /noopener/)
  }
  await expect(agent.chats.first()).toContainText('noise.png')
})

test('another file is a row that says what it is, and leads to a download', async ({ visitor, agent }) => {
  await visitor.page.evaluate(() => {
    const file = new File(['%PDF-1.7\n', 'x'.repeat(12_000)], '<b>letter</b>.pdf', { type: 'text/html' })
    return window.sdk.sendFile(window.chat, { file })
  })
  await agent.openChat()
  for (const { log } of [visitor, agent]) await expect(log.getByRole('link')).toHaveText(/b>\.pdf\s*PDF · 13\s*kB$/)
  const download = agent.page.waitForEvent('download')
  await agent.log.getByRole('link').click()
  expect((await download).suggestedFilename()).toContain('.pdf')
})

test('a file that is cancelled leaves nothing, and may be sent again', async ({ visitor, agent, server }) => {
  await agent.openChat()
  await uploadSpeed(visitor.page, 300_000)
  const code = await visitor.page.evaluate(async () => {
    const file = new File([new Uint8Array(3_000_000)], 'slow.bin')
    const sending = window.sdk.sendFile(
      window.chat,
      { file, customId: 'again' },
      { onProgress: (part) => void (part > 0.2 && part < 1 && sending.cancel()) },
    )
    return sending.then(
      () => 'sent',
      (error: { code: string }) => error.code,
    )
  })
  expect(code).toBe('CANCELLED')
  await uploadSpeed(visitor.page, null)
  await expect
    .poll(async () => (await (await fetch(`${server.url}/metrics`)).text()).match(/^porchlight_uploads_running (\d+)/m)?.[1])
    .toBe('0')
  await expect(agent.log.getByRole('link')).toHaveCount(0)

  await visitor.page.evaluate(() => window.sdk.sendFile(window.chat, { file: new File(['now'], 'slow.bin'), customId: 'again' }))
  await expect(agent.log.getByRole('link', { name: /slow\.bin/ })).toHaveCount(1)
})

test('a file whose server is killed on the way arrives, once', async ({ visitor, agent, server }) => {
  test.setTimeout(90_000)
  await agent.openChat()
  await uploadSpeed(visitor.page, 500_000)
  await visitor.page.evaluate(() => {
    window.progress = []
    const file = new File([new Uint8Array(2_000_000)], 'slow.bin')
    window.sending = window.sdk.sendFile(window.chat, { file }, { onProgress: (part) => window.progress.push(part) })
  })
  await visitor.page.waitForFunction(() => (window.progress.at(-1) ?? 0) > 0.3)
  await server.kill()
  await uploadSpeed(visitor.page, null)
  await server.start()
  expect(await visitor.page.evaluate(async () => (await window.sending).size)).toBe(2_000_000)
  await expect(agent.log.getByRole('link', { name: /slow\.bin/ })).toHaveCount(1)
  const progress = await visitor.page.evaluate(() => window.progress)
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
})
