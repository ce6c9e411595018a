import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listCommands } from '#main/hosts/cli/commands/index.ts'
import { exitCodes } from '#main/hosts/cli/exit-codes.ts'

const page = readFileSync(new URL('../../../../../docs/user/command-line.md', import.meta.url), 'utf8')
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
)
const commands = listCommands()

describe('the page on the command line', () => {
  it('lists every exit code, and no other', () => {
    const documented = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
    expect(documented).toEqual(Object.values(exitCodes))
  })

  it('has a section for every command, and for no other', () => {
    const named = [...sections.keys()].filter((name) => name !== 'Exit codes')
    expect(named).toEqual(commands.map((command) => command.name()))
  })

  it.each(commands)('names every option of $_name, and no other', (command) => {
    const section = sections.get(command.name()) ?? ''
    // What names a server is told once.
    const told = section.includes('named as for [profile]') ? section + sections.get('profile') : section
    const options = command.options.map(({ long }) => long)
    expect(options.filter((long) => !told.includes(`\`${long}`))).toEqual([])
    const rows = section.split('\n').filter((line) => line.startsWith('| `--'))
    const documented = rows.flatMap((row) => row.split(' | ')[0]?.match(/--[a-z-]+/g) ?? [])
    expect(documented.filter((long) => !options.includes(long))).toEqual([])
  })
})
