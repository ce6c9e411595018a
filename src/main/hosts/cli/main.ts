import { Command, CommanderError } from 'commander'
import { version } from '#main/hosts/common/index.ts'
import { listCommands } from './commands/index.ts'
import { exitCodes } from './exit-codes.ts'
import { type CommandFailure, failureLine, joinSentences, toFailure, usageFailure } from './failure.ts'
import { ReaderLeft } from './output.ts'

const commands = listCommands()

const program = new Command('barograph')
  .description('Profiles PostgreSQL from the command line, on the same engine as the workbench.')
  .version(version)
  .helpOption('-h, --help', 'show this help')
  .helpCommand('help [command]', 'show the help of a command')
  .exitOverride()
  .allowExcessArguments()
  .action(() => {
    const [unknown] = program.args
    const problem = unknown === undefined ? 'Say what to do' : `There is no command “${unknown}”`
    throw usageFailure(`${problem}; for example: barograph profile --demo --sql "select 1". See --help.`)
  })
for (const command of commands) {
  command
    .copyInheritedSettings(program)
    // As with psql, -h names the host.
    .helpOption('--help', 'show this help')
    // A URL without --url in front would be passed over, and another server taken: what has no use is refused.
    .allowExcessArguments(false)
  program.addCommand(command)
}
// Commander's own words become our one line below.
for (const command of [program, ...commands]) command.configureOutput({ writeErr: () => {} })

// Told by `print`, to whom it concerns.
process.stdout.on('error', () => {})

function wrongUsage({ code, message }: CommanderError): CommandFailure {
  // For a name that it does not know, `help` has no words but the help itself.
  const problem =
    code === 'commander.help' ? 'There is no command of that name' : message.replace(/^error: /, '')
  return usageFailure(joinSentences([problem, 'See --help.']))
}

try {
  await program.parseAsync()
  process.exit(process.exitCode ?? exitCodes.ok)
} catch (error) {
  const isDone = error instanceof ReaderLeft || (error instanceof CommanderError && error.exitCode === 0)
  if (isDone) process.exit(exitCodes.ok)
  const failure = error instanceof CommanderError ? wrongUsage(error) : toFailure(error)
  process.stderr.write(failureLine(failure), () => process.exit(failure.exitCode))
}
