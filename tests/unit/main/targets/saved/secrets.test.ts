import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSecrets } from '#main/targets/saved/secrets.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-secrets-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a keychain that refuses', () => {
  it('is told as that, and the password is not kept', async () => {
    const secrets = await openSecrets(folder, {
      available: true,
      encrypt: () => {
        throw new Error('Error while encrypting the text provided to safeStorage.encryptString.')
      },
      decrypt: (text) => text,
    })
    await expect(secrets.set('t1', 'hush')).rejects.toMatchObject({ code: 'SECRET_UNAVAILABLE' })
    expect(secrets.isKept('t1')).toBe(false)
    expect(secrets.get('t1')).toBeUndefined()
  })
})
