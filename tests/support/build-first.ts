import { ensureBuilt } from '../../scripts/ensure-built.mjs'

/** Tests of the application run what users run: the build, made anew if the sources have changed. */
export default async function buildFirst(): Promise<void> {
  await ensureBuilt()
  process.env['BAROGRAPH_KEEP_BUILD'] = '1'
}
