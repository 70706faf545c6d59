/** The global `Porchlight` in the hands of a site: who the visitor is, hooks, events, several projects, and an end that leaves nothing. */
import type { Page } from '@playwright/test'
import type { Porchlight as Api } from '../../src/widget/api.ts'
import { HostServer } from '../hosts/host-server.ts'
import type { ServerProcess } from '../server.ts'
import { vouchFor } from '../vouching.ts'
import type { Visitor } from './people.ts'
import { pageWith, site, storedBy, tagOf, watchTraffic } from './site.ts'
import { expect, test } from './test.ts'

declare global {
  interface Window {
    Porchlight: Api
  }
}

const open = (page: Page) => page.getByRole('button', { name: /^Open chat/ }).click()

async function onSite(visitor: Visitor, server: ServerProcess, attributes = '', body = '') {
  const host = await site(server, attributes, 'widget.js', body)
  await visitor.page.goto(host.url)
  await visitor.page.waitForFunction('window.Porchlight')
  return host
}

test('who signs in sees their own chats, and whoever signs in next sees none of them, in every tab', async ({ server, visitor }) => {
  const { page } = visitor
  const tokenFor = await vouchFor(server)
  const identify = (user: string) => page.evaluate((token) => window.Porchlight.identify(token), tokenFor(user))
  const host = await onSite(visitor, server)
  await open(page)
  await visitor.say('Before I signed in')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  await identify('ann')
  await expect(visitor.log).toContainText('Before I signed in')
  await visitor.box.fill('A draft of Ann')
  const other = await visitor.another()
  await other.page.goto(host.url)
  await open(other.page)
  await expect(other.log).toContainText('Before I signed in')

  await page.evaluate(() => window.Porchlight.logout())
  for (const tab of [visitor, other]) {
    await expect(tab.log).not.toContainText('Before I signed in')
    await expect(tab.page.getByRole('heading', { name: 'How can we help?' })).toBeVisible()
    await expect(tab.box).toHaveValue('')
  }
  await identify('bob')
  await visitor.say('I am Bob')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  await other.page.reload()
  await open(other.page)
  await expect(other.log).toContainText('I am Bob')
  await identify('ann')
  for (const tab of [visitor, other]) {
    await expect(tab.log).toContainText('Before I signed in')
    await expect(tab.log).not.toContainText('I am Bob')
  }
  await host.close()
})

test('a token that is refused is told to whoever called', async ({ server, visitor }) => {
  const { page } = visitor
  const host = await onSite(visitor, server)
  const code = page.evaluate(() => window.Porchlight.identify('forged').catch(({ code }: { code: string }) => code))
  expect(await code).toBe('AUTHENTICATION')
  await host.close()
})

test('a switch by the SDK in another tab is followed', async ({ server, visitor }) => {
  const { page } = visitor
  const tokenFor = await vouchFor(server)
  const host = await HostServer.serve({ html: pageWith(tagOf(server.url), `<script src="${server.url}/customer-sdk.js"></script>`) })
  await page.goto(host.url)
  await open(page)
  await visitor.say('Nobody yet')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  const other = await visitor.another()
  await other.page.goto(host.url)
  await other.page.evaluate(
    async ([server, token]) => {
      const { CustomerSDK } = window as unknown as { CustomerSDK: typeof import('../../src/sdk/customer/index.ts') }
      const sdk = CustomerSDK.init({ license: 1, clientId: 'demo', server: server as string })
      await sdk.logout()
      await sdk.identify(token as string)
    },
    [server.url, tokenFor('carol')],
  )
  await expect(visitor.log).not.toContainText('Nobody yet')
  await visitor.say('I am Carol')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  await host.close()
})

test('hooks have their say before the panel opens and before a message goes out', async ({ server, visitor, agent }) => {
  const { page } = visitor
  const host = await onSite(visitor, server)
  await page.evaluate(() => {
    let asked = 0
    return window.Porchlight.update({
      beforeOpen: async () => ++asked > 1,
      beforeSend: ({ text, ...rest }) => {
        if (text === 'throw') throw new Error('thrown by the site')
        return text.includes('secret') ? false : { ...rest, text: text.replace(/\d{4,}/g, '[number]') }
      },
    })
  })
  await open(page)
  await page.waitForTimeout(300)
  await expect(visitor.box).toBeHidden()
  await open(page)
  await visitor.say('My card is 4111111111111111')
  await expect(visitor.log).toContainText('My card is [number]')
  await expect(visitor.box).toHaveValue('')
  await visitor.say('a secret')
  await expect(visitor.box).toHaveValue('a secret')
  await agent.signIn(server.url)
  await agent.openChat()
  await expect(agent.log).toContainText('My card is [number]')
  await expect(agent.log).not.toContainText('secret')
  // What may be held back is not shown while it is being typed either.
  await expect(agent.peek).toHaveCount(0)
  await host.close()
})

test('what a visitor does is told once they use the chat, and every page after that', async ({ server, visitor, agent }) => {
  const { page } = visitor
  const host = await onSite(visitor, server)
  const { requests } = watchTraffic(page, server)
  await page.evaluate(() => window.Porchlight.track('looked at a lantern', { price: 59.9, gift: true }))
  expect(requests).toEqual([])
  await open(page)
  await visitor.say('Is it in stock?')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  await agent.signIn(server.url)
  await agent.openChat()
  await expect(agent.page.getByText('looked at a lantern')).toBeVisible()
  await page.evaluate(() => {
    history.pushState(null, '', '/lanterns/long-evening')
    document.title = 'Long Evening'
  })
  await expect(agent.page.getByRole('link', { name: 'Long Evening' }).first()).toBeVisible()
  await page.evaluate(() => window.Porchlight.track('added to basket'))
  await expect(agent.page.getByText('added to basket')).toBeVisible()
  const refused = await page.evaluate(() =>
    Promise.all([
      window.Porchlight.track('').catch(({ code }: { code: string }) => code),
      window.Porchlight.track('x', { deep: {} as unknown as string }).catch(({ message }: Error) => message),
    ]),
  )
  expect(refused).toEqual(['INVALID_ARGS', 'unable to call; data (at most 20 texts, numbers and booleans) is missing or wrong'])
  await host.close()
})

test('the script twice is one widget; another project is another, under a name of its own', async ({ server, visitor }) => {
  const { page } = visitor
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  const other = (attributes: string) => tagOf(server.url, attributes).replace('data-client-id="demo"', 'data-client-id="sales"')
  for (const script of ['widget.js', 'loader.js'] as const) {
    complaints.length = 0
    const named = other('data-global="SalesChat" data-position="left"').replace('widget.js', script)
    const tags = [tagOf(server.url, '', script), tagOf(server.url, '', script), named]
    const host = await HostServer.serve({
      html: pageWith(tags.join(''), `<script>SalesChat = (...call) => SalesChat.q.push(call); SalesChat.q = []</script>`),
    })
    await page.goto(host.url)
    await expect(page.locator('porchlight-chat')).toHaveCount(2)
    await page.evaluate(() => void Reflect.get(window, 'SalesChat')('hide'))
    await page.waitForFunction(() => Reflect.get(window, 'SalesChat').state === 'hidden')
    expect(await page.evaluate(() => [Reflect.get(window, 'SalesChat') === window.Porchlight])).toEqual([false])
    await page.evaluate(() => Reflect.get(window, 'SalesChat')('show'))
    await expect(page.getByRole('button', { name: 'Open chat' })).toHaveCount(2)
    expect(complaints).toEqual([])
    await host.close()

    const unnamed = await HostServer.serve({ html: pageWith(tagOf(server.url, '', script) + other('').replace('widget.js', script)) })
    await page.goto(unnamed.url)
    await expect(page.getByRole('button', { name: 'Open chat' })).toHaveCount(1)
    await expect.poll(() => complaints).toEqual(['Porchlight: Porchlight is another chat already; the tag needs a data-global'])
    await page.waitForTimeout(500)
    await expect(page.locator('porchlight-chat')).toHaveCount(1)
    await unnamed.close()
  }
})

test('inline it fills its element, is no dialog, takes no focus and asks nothing before the visitor does', async ({ server, visitor }) => {
  const { page } = visitor
  const body = '<div id="chat" style="width: 480px; height: 520px; border: 2px solid"></div>'
  const host = await onSite(visitor, server, 'data-container="#chat"', body)
  const { sockets } = watchTraffic(page, server)
  const region = page.getByRole('region', { name: 'Chat' })
  await expect(region).toBeVisible()
  await expect(page.getByRole('button', { name: /(Open|Close) chat/ })).toHaveCount(0)
  expect(await region.boundingBox()).toMatchObject({ width: 480, height: 520 })
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body')
  await page.waitForTimeout(1_000)
  expect([sockets, await storedBy(page), await page.evaluate(() => window.Porchlight.state)]).toEqual([[], [], 'open'])
  await visitor.say('From the middle of the page')
  await expect(visitor.log.getByText(/^Sent/)).toBeVisible()
  await visitor.box.press('Escape')
  await page.evaluate(() => window.Porchlight.close())
  await expect(region).toBeVisible()
  await host.close()
})

test('a brand, an icon, and no launcher at all', async ({ server, visitor }) => {
  const { page } = visitor
  const icon = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='4'/></svg>"
  const host = await onSite(visitor, server, `data-brand="#0a6b5d" data-icon="${icon}"`, '<button id="help">Help</button>')
  const launcher = page.getByRole('button', { name: 'Open chat' })
  expect(await launcher.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(10, 107, 93)')
  await expect(launcher.locator('img')).toHaveAttribute('src', icon)
  await page.evaluate(() => window.Porchlight.update({ launcher: false, brand: 'no colour', words: { greeting: 'Ahoy!' } }))
  await expect(launcher).toBeHidden()
  await page.getByRole('button', { name: 'Help' }).focus()
  await page.evaluate(() => window.Porchlight.open())
  await expect(page.getByRole('heading', { name: 'Ahoy!' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Help' })).toBeFocused()
  await host.close()
})

test('a tag that says no launcher has none, and opens all the same', async ({ server, visitor }) => {
  const { page } = visitor
  const host = await onSite(visitor, server, 'data-launcher="false"')
  await expect(page.locator('porchlight-chat')).toBeAttached()
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeHidden()
  await page.evaluate(() => window.Porchlight.open())
  await expect(visitor.box).toBeFocused()
  await host.close()
})
