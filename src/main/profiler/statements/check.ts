import type { StatementCheck, StatementFacts, SyntaxProblem } from '#shared/contract/index.ts'
import { describeStatement, type SqlSpan, splitStatements } from '#shared/statements/index.ts'
import { loadParser, type Parsing, parseStatement } from './parser.ts'

/** Up to here a text is parsed while it is typed: some 100 ms at worst. */
const maxParsedChars = 128 * 1_024
/** Up to here it is split: some 100 ms at worst. */
const maxSplitChars = 4 * 1_024 * 1_024

/**
 * Splits a text into statements, parses each with the server's grammar, and tells what running it means.
 *
 * Only statements that changed since the last call are parsed anew. A statement newer than the grammar is underlined,
 * but nothing hinders running it.
 */
export async function checkStatements(text: string): Promise<StatementCheck> {
  if (text.length > maxSplitChars) return { spans: [], problems: [], facts: [], skipped: tooLong(text) }
  const spans = splitStatements(text)
  if (text.length > maxParsedChars) {
    return { spans, problems: [], facts: spans.map(() => null), skipped: tooLong(text) }
  }
  await loadParser()
  const entries = spans.map((span) => lookUp(text.slice(span.start, span.end)))
  forget(entries.length)
  return {
    spans,
    problems: spans.flatMap((span, index) => problemOf(span, entries[index]?.parsing)),
    facts: entries.map((entry) => (entry.parsing.kind === 'broken' ? null : entry.facts)),
  }
}

interface Entry {
  readonly parsing: Parsing
  readonly facts: StatementFacts
}

/** By statement text, in order of last use. */
const known = new Map<string, Entry>()

function lookUp(statement: string): Entry {
  const before = known.get(statement)
  const entry = before ?? { parsing: parseStatement(statement), facts: describeStatement(statement) }
  known.delete(statement)
  known.set(statement, entry)
  return entry
}

/** Keeps what the last text needed, and a little of those before it. */
function forget(needed: number): void {
  const keep = Math.max(needed, 200)
  for (const statement of known.keys()) {
    if (known.size <= keep) return
    known.delete(statement)
  }
}

function problemOf(span: SqlSpan, parsing: Parsing | undefined): readonly SyntaxProblem[] {
  if (parsing?.kind !== 'broken') return []
  const { message, start, end } = parsing
  return [{ message, start: span.start + start, end: span.start + end }]
}

function tooLong(text: string): string {
  return `The text has ${text.length.toLocaleString('en-US')} characters, too many to check while you type. It can be run all the same.`
}
