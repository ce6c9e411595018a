import type { Milliseconds } from '../../units/index.ts'

/**
 * The unit in which the kernel tells times to programs: a hundredth of a second on every architecture that PostgreSQL
 * is built for today.
 *
 * @source proc(5), USER_HZ
 */
export const tickMs: Milliseconds = 10
