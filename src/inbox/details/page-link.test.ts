/** Of what a customer's browser claims, only web addresses become links. */
import { describe, expect, it } from 'vitest'
import { linkOf } from './page-link.ts'

describe('the link to the customer’s page', () => {
  it('reads as host and path', () => {
    expect(linkOf('https://shop.test/caf%C3%A9?utm_source=x#top')).toEqual({
      href: 'https://shop.test/caf%C3%A9?utm_source=x#top',
      label: 'shop.test/café',
    })
    expect(linkOf('http://shop.test:8080/')?.label).toBe('shop.test:8080')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' javascript:alert(1)', 'shop', ''])('%j is no link', (url) => {
    expect(linkOf(url)).toBeNull()
  })

  it('keeps a path that is no text as it came', () => {
    expect(linkOf('https://shop.test/%E0%A4%A')?.label).toBe('shop.test/%E0%A4%A')
  })
})
