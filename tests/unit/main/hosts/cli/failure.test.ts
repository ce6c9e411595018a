import { describe, expect, it } from 'vitest'
import { exitCodeOf } from '#main/hosts/cli/exit-codes.ts'
import { failureLine, joinSentences, toFailure, usageFailure } from '#main/hosts/cli/failure.ts'
import { errorCodes, WorkbenchError } from '#shared/session/index.ts'

describe('a failure of a command', () => {
  it.each([
    ['CONNECTION_FAILED', 3],
    ['PASSWORD_NEEDED', 3],
    ['STATEMENT_REFUSED', 1],
    ['SERVER_ERROR', 1],
    ['SESSION_TOO_NEW', 4],
    ['SESSION_DISK_FULL', 4],
    ['DEMO_FAILED', 5],
    ['INPUT_INVALID', 2],
    ['INTERNAL', 70],
    ['SOMETHING_ELSE', 70],
  ])('with the code %s ends with %i', (code, exitCode) => {
    expect(exitCodeOf(code)).toBe(exitCode)
  })

  it('has an exit code for every code of the contract that says whose fault it was', () => {
    const unforeseen = errorCodes.filter((code) => exitCodeOf(code) === 70)
    // Runs, their results and kept plans are the command's own: losing them is a fault of ours.
    expect(unforeseen).toEqual([
      'RUN_UNKNOWN',
      'RUN_ACTIVE',
      'RESULT_GONE',
      'PLAN_UNKNOWN',
      'BACKEND_GONE',
      'INTERNAL',
    ])
  })

  it('says what failed and what to try, from errors of ours and of the contract', () => {
    const ours = new WorkbenchError('DEMO_FAILED', 'The disk is full', { advice: 'Make room.' })
    expect(toFailure(ours)).toMatchObject({ exitCode: 5, message: 'The disk is full. Make room.' })
    const theirs = Object.assign(new Error('No answer.'), {
      code: 'CONNECTION_FAILED',
      data: { advice: 'Look at the port' },
    })
    expect(toFailure(theirs)).toMatchObject({ exitCode: 3, message: 'No answer. Look at the port.' })
    expect(toFailure('thrown text')).toMatchObject({ exitCode: 70, message: 'thrown text.' })
  })

  it('is one line, whatever the server said', () => {
    expect(failureLine(usageFailure('first\n  second\r\n\tthird'))).toBe('barograph: first second third\n')
  })

  it('steers no terminal, whatever the server said', () => {
    expect(failureLine(usageFailure('near "\u001B[2J\u0007"'))).toBe('barograph: near " [2J "\n')
  })

  it('joins parts to sentences and leaves out what is none', () => {
    expect(joinSentences(['division by zero', undefined, ' ', 'Why?', 7])).toBe('division by zero. Why?')
  })
})
