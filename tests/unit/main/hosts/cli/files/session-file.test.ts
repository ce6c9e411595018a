import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '#main/hosts/cli/exit-codes.ts'
import { withSessionFile } from '#main/hosts/cli/files/session-file.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

test('says why a session file is none, before anything is started', async () => {
  const folder = await makeTestFolder('session-file')
  const [missing, inFile, isFolder] = ['a.barograph', 'notes/a.barograph', 'b.barograph'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  await writeFile(join(folder, 'notes'), '')
  await mkdir(isFolder)
  const failureOf = (path: string) => withSessionFile(path, async () => {}).catch((error: unknown) => error)
  expect(await failureOf(missing)).toMatchObject({
    exitCode: exitCodes.session,
    message: expect.stringContaining('there is no such file'),
  })
  expect(await failureOf(inFile)).toMatchObject({
    message: expect.stringContaining('what stands there as its folder is a file'),
  })
  expect(await failureOf(isFolder)).toMatchObject({ message: expect.stringContaining('is no file') })
})
