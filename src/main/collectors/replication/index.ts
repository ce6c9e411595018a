import type { ByVersion, Collector, Look, Source } from '../collector.ts'
import { lookAtFigures } from '../counter-collector.ts'
import { mendPrivileges } from '../privileges.ts'
import conflicts13 from './conflicts-13.sql?raw'
import conflicts16 from './conflicts-16.sql?raw'
import followingSql from './following.sql?raw'
import { parseConflicts, parseFollowing, parseRecovery, parseSlots } from './parse.ts'
import recovery19 from './recovery-19.sql?raw'
import slots13 from './slots-13.sql?raw'
import slots14 from './slots-14.sql?raw'
import slots17 from './slots-17.sql?raw'

const followingByVersion: ByVersion = { 130_000: followingSql }
const slotsByVersion: ByVersion = { 130_000: slots13, 140_000: slots14, 170_000: slots17 }
const conflictsByVersion: ByVersion = { 130_000: conflicts13, 160_000: conflicts16 }
const recoveryByVersion: ByVersion = { 190_000: recovery19 }

/** Slots and conflicts are asked for at every so many looks, and so is everything while nobody follows anybody. */
const looksBetween = 5

/** Who follows this server and how far behind, what slots hold back, and how far this server follows another. */
export const replication: Collector = { id: 'replication', everyMs: 2_000, begin }

function begin(source: Source): Look {
  const following = lookAtFigures(source, {
    name: 'replication',
    sql: followingByVersion,
    parse: parseFollowing,
  })
  const slots = lookAtFigures(source, { name: 'replication-slots', sql: slotsByVersion, parse: parseSlots })
  const conflicts = lookAtFigures(source, {
    name: 'replication-conflicts',
    sql: conflictsByVersion,
    parse: parseConflicts,
  })
  const recovery = lookAtFigures(source, {
    name: 'replication-recovery',
    sql: recoveryByVersion,
    parse: parseRecovery,
  })
  let looks = 0
  let isFollowing = false

  return async () => {
    const isRareLook = looks % looksBetween === 0
    looks += 1
    if (!isRareLook && !isFollowing) return
    const reading = await following?.()
    isFollowing = reading !== undefined && (reading.isStandby || reading.standbys > 0)
    if (reading?.isHidden === true) {
      source.limit({
        message: 'Replication goes on here, but how far it is may not be seen.',
        mend: mendPrivileges(source.server.user),
      })
    }
    if (isRareLook) await slots?.()
    if (reading?.isStandby !== true) return
    await recovery?.()
    if (isRareLook) await conflicts?.()
  }
}
