import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { resolveAsset, serveApp } from '#main/hosts/electron/app-scheme.ts'

const folder = mkdtempSync(join(tmpdir(), 'barograph-scheme-'))
writeFileSync(join(folder, 'index.html'), '<title>Barograph</title>')
afterAll(() => rmSync(folder, { recursive: true }))

describe('addresses of the window', () => {
  it('stand for files of the build', () => {
    expect(resolveAsset(folder, 'app://barograph/')).toBe(join(folder, 'index.html'))
    expect(resolveAsset(folder, 'app://barograph/assets/index-a1.js?v=1#x')).toBe(
      join(folder, 'assets/index-a1.js'),
    )
  })

  it.each([
    'app://barograph/../secret.js',
    'app://barograph/%2e%2e/secret.js',
    'app://barograph/..%2fsecret.js',
    'app://barograph/assets/..%2f..%2fsecret.js',
    'app://elsewhere/index.html',
    'app://barograph.example.com/index.html',
    'file:///etc/passwd',
    'app://barograph/%00.js',
    'app://barograph/%E0%A4%A',
    'app://barograph/program.node',
    'app://barograph/assets',
  ])('stand for nothing outside of it: %s', (address) => {
    const file = resolveAsset(folder, address)
    // A climb that the address parser itself has folded stays below the folder.
    expect(file === undefined || file === join(folder, 'secret.js')).toBe(true)
  })

  it('are served under the policy, to reading requests only', async () => {
    const serve = serveApp(folder)
    const answer = await serve(new Request('app://barograph/'))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await answer.text()).toBe('<title>Barograph</title>')
    expect((await serve(new Request('app://barograph/', { method: 'POST' }))).status).toBe(404)
    expect((await serve(new Request('app://barograph/missing.js'))).status).toBe(404)
  })
})
