import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where builds go: `out`, or a neighbour named by BAROGRAPH_OUT, so that two builds can be used side by side. */
export const outFolder = join(root, process.env.BAROGRAPH_OUT ?? 'out')

/** A tool from node_modules. */
export const tool = (name) =>
  join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
