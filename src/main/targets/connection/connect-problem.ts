import type { ConnectionProblem } from '#shared/session/index.ts'

/** A step of connecting that failed for a reason already known; `diagnoseConnection` puts it in words. */
export class ConnectProblem extends Error {
  override readonly name = 'ConnectProblem'
  readonly problem: ConnectionProblem
  /** The system's or the server's own words, without secrets. */
  readonly detail: string

  constructor(problem: ConnectionProblem, detail: string, cause?: unknown) {
    super(`${problem}: ${detail}`, cause === undefined ? undefined : { cause })
    this.problem = problem
    this.detail = detail
  }
}
