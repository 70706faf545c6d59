/** What the sign-in form says when it does not work. */
import { describe, expect, it } from 'vitest'
import { refused } from '../sdk/wire/failure.ts'
import { problemOf } from './session.ts'

describe('what is said when signing in does not work', () => {
  it('does not tell whether the email or the password was wrong', () => {
    const said = problemOf(refused({ type: 'authentication', message: 'unable to sign in; …' }))
    expect(said).toEqual({ text: 'That email and password do not match. Check both and try again.', typed: true })
    expect(problemOf(refused({ type: 'validation', message: 'unable to sign in; …' }))).toEqual(said)
  })

  it('says how long to wait after too many attempts', () => {
    const limited = (retry_after_ms: number) => refused({ type: 'too_many_requests', message: '…', data: { retry_after_ms } })
    expect(problemOf(limited(41_200))).toEqual({ text: expect.stringContaining('Wait 42 seconds'), typed: false })
    expect(problemOf(limited(900)).text).toContain('Wait 1 second ')
  })

  it('names the connection when there was no answer', () => {
    const said = problemOf(refused({ type: 'service_unavailable', message: '…' }))
    expect(said).toEqual({ text: expect.stringContaining('cannot be reached'), typed: false })
  })

  it('has words for everything else', () => {
    expect(problemOf(new Error('what?')).text).toBe('Signing in did not work. Try again in a moment.')
    expect(problemOf(refused({ type: 'internal', message: '…' })).text).toBe('Signing in did not work. Try again in a moment.')
  })
})
