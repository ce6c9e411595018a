import type { WaitClass } from '#shared/waits/index.ts'

/** The CSS variable that colours a wait class, everywhere the same: `var(${waitClassToken[waitClass]})`. */
export const waitClassToken = {
  CPU: '--wait-cpu',
  IO: '--wait-io',
  Lock: '--wait-lock',
  LWLock: '--wait-lwlock',
  Client: '--wait-client',
  IPC: '--wait-ipc',
  Timeout: '--wait-timeout',
  Buffer: '--wait-buffer',
  Extension: '--wait-extension',
  Activity: '--wait-activity',
} as const satisfies Record<WaitClass, `--wait-${string}`>

export type Severity = 'info' | 'warn' | 'bad'

/** The CSS variable of a severity. */
export const severityToken = {
  info: '--info',
  warn: '--warn',
  bad: '--bad',
} as const satisfies Record<Severity, string>
