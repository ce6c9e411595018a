import { Command, CommanderError } from 'commander'
import { version } from '#main/hosts/common/index.ts'
import { infoCommand } from './commands/info.ts'
import { locksCommand } from './commands/locks.ts'
import { logCommand } from './commands/log.ts'
import { planCommand } from './commands/plan.ts'
import { profileCommand } from './commands/profile.ts'
import { recordCommand } from './commands/record.ts'
import { exitCodes } from './exit-codes.ts'
import { failureLine, toFailure, usageFailure } from './failure.ts'

/** One line a subcommand; each has a file of its own in `commands`. */
const commands = [
  profileCommand(),
  recordCommand(),
  infoCommand(),
  planCommand(),
  logCommand(),
  locksCommand(),
]

const program = new Command('barograph')
  .description('Profiles PostgreSQL from the command line, on the same engine as the workbench.')
  .version(version)
  .exitOverride()
  .allowExcessArguments()
  .action(() => {
    const [unknown] = program.args
    const problem = unknown === undefined ? 'Say what to do' : `There is no command “${unknown}”`
    throw usageFailure(`${problem}; for example: barograph profile --demo --sql "select 1". See --help.`)
  })
// A URL without --url in front would be passed over, and another server taken: what a command has no use for is refused.
for (const command of commands)
  program.addCommand(command.copyInheritedSettings(program).allowExcessArguments(false))
// Commander's own words become our one line below.
for (const command of [program, ...commands]) command.configureOutput({ writeErr: () => {} })

/** A reader that left early (`| head`) is no failure of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.internal)
})

try {
  await program.parseAsync()
  process.exit(process.exitCode ?? exitCodes.ok)
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exit(exitCodes.ok)
  const failure =
    error instanceof CommanderError ? usageFailure(error.message.replace(/^error: /, '')) : toFailure(error)
  process.stderr.write(failureLine(failure), () => process.exit(failure.exitCode))
}
