import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const pages = globSync('{*.md,docs/**/*.md,src/**/*.md,tests/**/*.md}')

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('links only to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
    const local = targets.filter((target) => !/^[a-z]+:/.test(target))
    expect(local.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([])
  })

  it('names only scripts of package.json', () => {
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:]*)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([])
  })

  it('names only source folders and files that exist', () => {
    const named = [...text.matchAll(/`((?:src|tests|scripts|resources|docs)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    )
    expect(named.filter((path) => !existsSync(path))).toEqual([])
  })
})
