/** What a customer does on the site, as the agent sees it beside the chat. */
import type { TokenResponse } from '../../src/protocol/tokens.ts'
import { expect, test } from './test.ts'

test('the agent sees which pages the customer saw and what the site tracked, and what comes as it comes', async ({ server, agent }) => {
  const ask = async (path: string, body: object, token?: TokenResponse) => {
    const headers = { origin: 'http://localhost', ...(token && { authorization: `Bearer ${token.access_token}` }) }
    const url = `${server.url}/v1/customer/${path}?license=1&client_id=demo`
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(await response.text())
    return response.json() as Promise<unknown>
  }
  const token = (await ask('token', { grant_type: 'anonymous', visitor_key: 'a visitor of the shop'.padEnd(22, '.') })) as TokenResponse
  const act = (action: string, payload: object) => ask(`action/${action}`, payload, token)
  await act('update_customer_page', { url: 'https://shop.test/pricing', title: 'Pricing' })
  await act('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'Is it in stock?' }] } } })
  await agent.signIn(server.url)
  await agent.openChat()

  const line = agent.page.getByRole('region', { name: 'Activity' })
  await expect(line.getByRole('listitem')).toHaveText([/^Viewed Pricing/])
  await act('track_event', { name: 'added_to_cart', data: { sku: 12, gift: true } })
  await expect(line.getByRole('listitem')).toHaveText([/^added_to_cartsku 12gift true/, /^Viewed Pricing/])
  await expect(line.getByRole('link', { name: 'Pricing' })).toHaveAttribute('href', 'https://shop.test/pricing')
  for (let at = 1; at <= 6; at++) await act('track_event', { name: `step_${at}` })
  await line.getByRole('button', { name: 'Show all 8' }).click()
  await expect(line.getByRole('listitem')).toHaveCount(8)
})
