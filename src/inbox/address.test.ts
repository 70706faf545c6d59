/** The address's fragment carries a chat or a sign-in secret, and nothing it should not. */
import { describe, expect, it } from 'vitest'
import { chatAddress, readAddress } from './address.ts'

describe('the address', () => {
  it('asks for nothing when it has no fragment', () => {
    expect(readAddress('')).toEqual({ chat: null, signIn: null })
    expect(readAddress('#')).toEqual({ chat: null, signIn: null })
  })

  it('carries a chat, whatever characters its id has', () => {
    expect(readAddress(chatAddress('a b&c=%')).chat).toBe('a b&c=%')
  })

  it('carries a sign-in secret', () => {
    expect(readAddress('#sign-in=s3cret-_')).toEqual({ chat: null, signIn: 's3cret-_' })
  })

  it('takes an empty field for none', () => {
    expect(readAddress('#chat=&sign-in=')).toEqual({ chat: null, signIn: null })
  })
})
