import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const pages = globSync('{*.md,docs/**/*.md,src/**/*.md,tests/**/*.md}')

/** Headings as links name them: small, without signs, hyphens for blanks. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.replaceAll(/```.*?```/gs, '').matchAll(/^#+ (.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('links only to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
    const local = targets.filter((target) => !/^[a-z]+:/.test(target))
    expect(local.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([])
  })

  it('links only to headings that exist', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s:]*)#([^)\s]+)\)/g)]
    const dead = targets.filter(([, target = '', anchor = '']) => {
      const path = target === '' ? page : join(dirname(page), target)
      return path.endsWith('.md') && !anchorsOf(readFileSync(path, 'utf8')).has(anchor)
    })
    expect(dead.map(([link]) => link)).toEqual([])
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

describe('CONTRIBUTING.md', () => {
  it.each(['shared', 'main', 'renderer'])('says what belongs in each folder of src/%s', (room) => {
    const page = readFileSync('CONTRIBUTING.md', 'utf8')
    const folders = readdirSync(`src/${room}`, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const missing = folders.filter(
      ({ name }) => !page.includes(`\`${name}\``) && !page.includes(`src/${room}/${name}`),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
  })
})
