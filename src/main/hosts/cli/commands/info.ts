import { Command } from 'commander'
import { withSessionFile } from '../files/session-file.ts'
import { print } from '../output.ts'
import { formatSummary } from '../record/summary-text.ts'
import { plainJsonLine } from '../report/plain-json.ts'

/** `barograph info`: what a session file holds. */
export function infoCommand(): Command {
  return new Command('info')
    .description('Says what a session file holds: of which server, from when to when, how many samples.')
    .argument('<file>', 'a session file (.barograph)')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { readonly json?: boolean }) => {
      await withSessionFile(file, async ({ client, sessionId }) => {
        const summary = await client.recording.summary({ sessionId })
        await print(options.json === true ? plainJsonLine(summary) : formatSummary(file, summary))
      })
    })
}
