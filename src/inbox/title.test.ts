/** The title counts what is unread. */
import { describe, expect, it } from 'vitest'
import { titleOf } from './title.ts'

describe('the title', () => {
  it('is the plain name when everything is read', () => {
    expect(titleOf(0, true)).toBe('Inbox · Porchlight')
  })

  it('counts chats with something unread', () => {
    expect(titleOf(3, false)).toBe('(3) Inbox · Porchlight')
  })

  it('says that there may be more where not all chats are loaded', () => {
    expect(titleOf(25, true)).toBe('(25+) Inbox · Porchlight')
  })
})
