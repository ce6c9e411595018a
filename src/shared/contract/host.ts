import { type } from '@orpc/contract'
import { z } from 'zod'
import type { ProcessWatch } from '../host/index.ts'
import { base } from './base.ts'
import { id } from './schemas.ts'

/** A process of the workbench's machine that could be watched. */
export interface ProcessChoiceRow {
  readonly pid: number
  /** As the process shows it, cut where it is very long. */
  readonly commandLine: string
  /** Processes that it started, and those that they did. */
  readonly descendants: number
  /** Watched already, alone or within a tree. */
  readonly isWatched: boolean
}

const watchChoice = z
  .strictObject({
    pid: z.int().min(1).max(4_194_304).exactOptional(),
    commandLine: z.string().min(1).max(1_000).exactOptional(),
  })
  .refine(
    ({ pid, commandLine }) => (pid === undefined) !== (commandLine === undefined),
    'a pid, or a part of a command line',
  )

/** Processes of the workbench's own machine; the server's machine is recorded by itself. Linux only. */
export const host = {
  /** Process trees that are being watched, in the order in which they were chosen. */
  watches: base.output(type<readonly ProcessWatch[]>()),
  /**
   * Records a process with all its descendants from now on, under the name in the answer: CPU, memory, threads, disk
   * bytes (`process.*`). By `commandLine` every process that has it in its command is a root, those that begin later too;
   * such a watch is found again after a restart. `INPUT_INVALID` if there is no process of that pid.
   */
  watch: base.input(watchChoice).output(type<ProcessWatch>()),
  /** Ends a watch; what was recorded stays. */
  unwatch: base.input(z.strictObject({ watchId: id })).output(type<void>()),
  /** Processes whose command holds a text (whichever the case), or of that pid; at most fifty. */
  processes: base
    .input(z.strictObject({ search: z.string().max(1_000) }))
    .output(type<readonly ProcessChoiceRow[]>()),
}
