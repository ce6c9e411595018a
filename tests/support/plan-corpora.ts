/** Plans by others, beside the checkout and not part of the project: how they are read, set by set. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { derivePlan, type FoundPlan, listRawNodes, readPlans } from '#shared/plan/index.ts'
import { findBreaches } from './plan-laws.ts'

export const corporaFolder = new URL('../../../shared/corpora/', import.meta.url)
export const hasCorpora = existsSync(corporaFolder)

export interface CorpusFile {
  readonly set: string
  /** Below the folder of plans. */
  readonly path: string
  readonly text: string
}

export function listCorpusFiles(): readonly CorpusFile[] {
  const plans = new URL('plans/', corporaFolder)
  return readdirSync(plans, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:json|txt|yaml|xml)$/.test(path))
    .toSorted()
    .map((path) => ({
      set: path.split('/').slice(0, -1).join('/'),
      path,
      text: readFileSync(new URL(path, plans), 'utf8'),
    }))
}

/** What the corpora's own list says of a file. */
export interface Expectation {
  readonly format: string
  readonly nodes: number | null
  readonly analyze: boolean | null
}

export function listExpectations(): ReadonlyMap<string, Expectation> {
  const lines = readFileSync(new URL('plans.jsonl', corporaFolder), 'utf8').split('\n')
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const entry = JSON.parse(line) as Expectation & { readonly path: string }
        return [entry.path.replace(/^plans\//, ''), entry]
      }),
  )
}

export interface FileReading {
  readonly file: CorpusFile
  readonly plans: readonly FoundPlan[]
  readonly nodeCount: number
  readonly error: string | undefined
  /** Of the paste and of its plans. */
  readonly warnings: readonly string[]
  /** Laws that a plan breaks without a node being flagged. */
  readonly breaches: readonly string[]
  /** Plans that break a law where a node is flagged for it. */
  readonly flagged: readonly string[]
}

export function readCorpusFile(file: CorpusFile): FileReading {
  const reading = readPlans(file.text)
  if (!reading.ok) {
    const { message } = reading.error
    return { file, plans: [], nodeCount: 0, error: message, warnings: [], breaches: [], flagged: [] }
  }
  const breaches: string[] = []
  const flagged: string[] = []
  for (const { raw } of reading.plans) {
    const found = findBreaches(raw)
    if (found.flagged) flagged.push(...derivePlan(raw).warnings.map(({ message }) => message))
    else breaches.push(...found.breaches)
  }
  return {
    file,
    plans: reading.plans,
    nodeCount: reading.plans.reduce((sum, { raw }) => sum + listRawNodes(raw).length, 0),
    error: undefined,
    warnings: [...reading.warnings, ...reading.plans.flatMap(({ warnings }) => warnings)],
    breaches,
    flagged,
  }
}
