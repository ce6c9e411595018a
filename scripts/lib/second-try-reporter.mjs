import { writeFileSync } from 'node:fs'

/** Keeps what passed only when it was tried again, and why not at once: vitest's JSON report doesn't tell. */
export default class SecondTryReporter {
  #secondTries = []

  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return
    this.#secondTries.push({
      title: `${test.module.relativeModuleId} › ${test.fullName}`,
      why: (test.result().errors ?? []).map(({ message, stack }) => stack ?? message).join('\n'),
    })
  }

  onTestRunEnd() {
    const path = process.env['SECOND_TRIES']
    if (path !== undefined) writeFileSync(path, JSON.stringify(this.#secondTries))
  }
}
