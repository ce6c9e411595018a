import { stat } from 'node:fs/promises'
import type { Workbench } from '#main/router/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { describeUnreadable } from './source.ts'

/** A session that a command only asks questions of. */
export interface SessionFile {
  readonly client: Workbench['client']
  readonly sessionId: string
}

/** Opens an existing session file for a command; a file that isn't there is not made. */
export async function withSessionFile(
  path: string,
  command: (session: SessionFile) => Promise<void>,
): Promise<void> {
  if (!path.endsWith('.barograph')) throw usageFailure('A session file ends in .barograph.')
  const found = await stat(path).catch((cause: unknown) => {
    throw new CommandFailure(exitCodes.session, describeUnreadable(path, cause))
  })
  if (!found.isFile()) throw new CommandFailure(exitCodes.session, `${path} is no file.`)
  const { withEngine } = await import('../engine.ts')
  await withEngine({ out: path }, async ({ client, begin }) => {
    begin()
    const { sessionId } = await client.session.current()
    await command({ client, sessionId })
  })
}
