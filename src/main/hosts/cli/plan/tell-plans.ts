import { createRedactor, type FoundPlan } from '#shared/plan/index.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { readPlansOf } from '../files/read-plans.ts'
import { type FileError, openSource, UnreadableFile } from '../files/source.ts'
import { tellUnread } from '../files/tell-unread.ts'
import { print } from '../output.ts'
import { describeTerminal, paint, type Terminal } from '../terminal.ts'
import { buildPlanReport, judgeFound } from './plan-json.ts'
import { formatJudgedPlan } from './plan-text.ts'
import { countRemarks, redactError, redactFound } from './redact-found.ts'

interface Teller {
  readonly begin: (file: string) => Promise<void>
  readonly plan: (found: FoundPlan) => Promise<void>
  readonly end: (warnings: readonly string[], error: FileError | undefined) => Promise<void>
}

/**
 * Prints the plans of all files, in their order. A file that can't be read does not keep the others from being.
 *
 * @returns what the command ends with
 */
export async function tellPlans(
  files: readonly string[],
  options: { readonly json?: boolean; readonly redact?: boolean },
): Promise<ExitCode> {
  const redactor = options.redact === true ? createRedactor() : undefined
  const teller =
    options.json === true ? jsonTeller() : textTeller(describeTerminal(process.stdout, process.env))
  let exitCode: ExitCode = exitCodes.ok
  for (const file of files) {
    const warnings: string[] = []
    let error: FileError | undefined
    await teller.begin(file)
    try {
      await readPlansOf(await openSource(file), {
        plan: (found) => teller.plan(redactor === undefined ? found : redactFound(redactor, found)),
        warning: (text) => warnings.push(text),
      })
    } catch (cause) {
      if (!(cause instanceof UnreadableFile)) throw cause
      error = redactor === undefined ? cause.error : redactError(cause.error)
      exitCode = exitCodes.unread
    }
    await teller.end(redactor === undefined ? warnings : countRemarks(warnings), error)
  }
  return exitCode
}

/** One line a file, written as its plans come, so that a log of any size needs no more memory than one plan. */
function jsonTeller(): Teller {
  let count = 0
  let file = ''
  return {
    begin: async (name) => {
      file = name
      count = 0
    },
    plan: async (found) => {
      const opening = count === 0 ? `{"file":${JSON.stringify(file)},"plans":[` : ','
      count += 1
      await print(opening + JSON.stringify(buildPlanReport(judgeFound(found))))
    },
    end: async (warnings, error) => {
      const [problem, remarks] = [
        error === undefined ? {} : { error },
        warnings.length === 0 ? {} : { warnings },
      ]
      if (count === 0) {
        await print(`${JSON.stringify({ file, ...problem, plans: [], ...remarks })}\n`)
        return
      }
      const rest = JSON.stringify({ ...problem, ...remarks }).slice(1)
      await print(`]${rest === '}' ? '' : ','}${rest}\n`)
    },
  }
}

function textTeller(terminal: Terminal): Teller {
  let count = 0
  let file = ''
  let isFirst = true
  const separate = async (): Promise<void> => {
    if (!isFirst) await print('\n\n')
    isFirst = false
  }
  return {
    begin: async (name) => {
      file = name
      count = 0
    },
    plan: async (found) => {
      count += 1
      await separate()
      const place = found.line > 1 ? `${file}, line ${found.line}` : file
      await print(formatJudgedPlan(place, judgeFound(found), terminal))
    },
    end: async (warnings, error) => {
      if (error !== undefined) tellUnread(file, error)
      for (const warning of warnings) await print(`${paint(terminal, 'dim', `Note: ${warning}`)}\n`)
      if (count === 0 && error === undefined) await print(`${file}: no plans\n`)
    },
  }
}
