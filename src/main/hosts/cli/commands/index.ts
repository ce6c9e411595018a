import type { Command } from 'commander'
import { infoCommand } from './info.ts'
import { locksCommand } from './locks.ts'
import { logCommand } from './log.ts'
import { planCommand } from './plan.ts'
import { profileCommand } from './profile.ts'
import { recordCommand } from './record.ts'

/** Every subcommand, in the order in which help tells of them. */
export function listCommands(): readonly Command[] {
  return [profileCommand(), recordCommand(), infoCommand(), planCommand(), logCommand(), locksCommand()]
}
