import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import type { ServerUser } from './server-user.ts'

/**
 * How a server is made to end when we end, however we end.
 *
 * - `death-signal`: Linux sends the server SIGINT (fast shutdown) when its parent dies.
 * - `shell`: a shell starts the server and holds the other end of a pipe that closes when we die.
 * - `powershell`: the same on Windows, with pg_ctl in place of a signal.
 */
export type Guard = 'death-signal' | 'shell' | 'powershell'

let known: Guard | undefined

export function chooseGuard(): Guard {
  known ??= process.platform === 'win32' ? 'powershell' : hasDeathSignal() ? 'death-signal' : 'shell'
  return known
}

/** Some systems' setpriv is a smaller one that lacks the option. */
function hasDeathSignal(): boolean {
  if (process.platform !== 'linux') return false
  return spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true'], { stdio: 'ignore' }).status === 0
}

export interface GuardedCommand {
  readonly guard: Guard
  readonly command: string
  readonly args: readonly string[]
  readonly user: ServerUser | undefined
  readonly env: Readonly<Record<string, string>>
  /** `INT` asks a server for a fast shutdown, `KILL` ends a helper that keeps no state. */
  readonly lastSignal: 'INT' | 'KILL'
  /** For Windows: what to run when we are gone. */
  readonly stopCommand?: readonly string[]
}

/**
 * `setpriv` asks for the signal; if we died before it did, no signal would ever come, so the shell checks that we are
 * still its parent before it becomes the server. The process keeps one pid all the way.
 */
const checkParentScript = '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"'

/**
 * The reader ends when the pipe closes, which we do by dying or by closing it. The shell is the server's parent, so
 * the pid can't pass to a stranger while it waits.
 */
const watchPipeScript = `
signal=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
trap '' INT TERM HUP
( while read -r line <&3; do :; done; kill -"$signal" "$server" ) >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait "$server"
code=$?
kill -KILL "$reader" 2>/dev/null
exit "$code"
`

const powershellScript = (command: readonly string[]) =>
  `[Console]::In.ReadToEnd() | Out-Null; & ${command.map((part) => `'${part.replaceAll("'", "''")}'`).join(' ')}`

/** Starts a command that can't outlive us. Its standard error is the only stream left open. */
export function spawnGuarded(what: GuardedCommand): ChildProcess {
  const options = {
    cwd: process.platform === 'win32' ? undefined : '/',
    env: what.env,
    windowsHide: true,
    // Its own process group: Ctrl-C in a terminal is for us, who then stop it in order.
    detached: process.platform !== 'win32',
    ...(what.user === undefined ? {} : { uid: what.user.uid, gid: what.user.gid }),
  }
  const command = [what.command, ...what.args]
  const quiet = ['ignore', 'ignore', 'pipe'] as const
  if (what.guard === 'death-signal') {
    const check = ['/bin/sh', '-c', checkParentScript, 'sh', String(process.pid)]
    return spawn('setpriv', ['--pdeathsig', what.lastSignal, '--', ...check, ...command], {
      ...options,
      stdio: [...quiet],
    })
  }
  if (what.guard === 'shell') {
    const script = ['-c', watchPipeScript, 'sh', what.lastSignal]
    return spawn('/bin/sh', [...script, ...command], { ...options, stdio: ['pipe', 'ignore', 'pipe'] })
  }
  const child = spawn(what.command, [...what.args], { ...options, stdio: [...quiet] })
  if (what.stopCommand !== undefined) watchFromPowershell(child, what.stopCommand)
  return child
}

/** A second process whose standard input we hold: it outlives us just long enough to stop the server. */
function watchFromPowershell(server: ChildProcess, stopCommand: readonly string[]): void {
  const watcher = spawn(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', powershellScript(stopCommand)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
      detached: true,
    },
  )
  watcher.on('error', () => server.kill())
  server.on('exit', () => watcher.kill())
}
