import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { locksCommand } from '#main/hosts/cli/commands/locks.ts'
import { logCommand } from '#main/hosts/cli/commands/log.ts'
import { planCommand } from '#main/hosts/cli/commands/plan.ts'
import { profileCommand } from '#main/hosts/cli/commands/profile.ts'
import { exitCodes } from '#main/hosts/cli/exit-codes.ts'

const page = readFileSync(new URL('../../../../../docs/user/command-line.md', import.meta.url), 'utf8')

describe('the page on the command line', () => {
  it('lists every exit code, and no other', () => {
    const documented = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
    expect(documented).toEqual(Object.values(exitCodes))
  })

  it.each([profileCommand(), planCommand(), logCommand(), locksCommand()])(
    'names every option of $_name',
    (command) => {
      const missing = command.options.filter(({ long }) => !page.includes(`\`${long}`))
      expect(missing.map(({ long }) => long)).toEqual([])
    },
  )
})
