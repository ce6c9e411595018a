import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { describeError, UnreachableError } from '#renderer/client/index.ts'
import { errorCodes } from '#shared/session/index.ts'

describe('an error in words', () => {
  it('keeps what the workbench said, with a title of its own for each code', () => {
    const titles = errorCodes.map((code) => {
      const described = describeError(
        new ORPCError(code, { message: 'why', data: { advice: 'try', facts: { part: 'port' } } }),
      )
      expect(described).toMatchObject({ code, message: 'why', advice: 'try', facts: { part: 'port' } })
      return described.title
    })
    expect(new Set(titles).size).toBe(errorCodes.length)
  })

  it('does without advice and facts where an answer lacks them', () => {
    const described = describeError(new ORPCError('TOO_LARGE', { message: 'why', data: { facts: 7 } }))
    expect(described).toMatchObject({ advice: '', facts: {} })
  })

  it('tells an unreachable workbench from a broken one', () => {
    expect(describeError(new UnreachableError('it has ended')).code).toBe('UNREACHABLE')
    expect(describeError(new ORPCError('SOMETHING_NEW', { message: 'x' })).code).toBe('INTERNAL')
    expect(describeError('x')).toMatchObject({ code: 'INTERNAL', message: 'x' })
  })
})
