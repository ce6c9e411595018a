import { WorkbenchError } from '#shared/session/index.ts'

/** Longer texts would hold everything else up. */
const maxChars = 512 * 1_024

/** Lays SQL out. Rejects with `STATEMENT_INVALID` where the formatter can't read it, and `TOO_LARGE`. */
export async function formatStatement(text: string): Promise<string> {
  if (text.length > maxChars) {
    throw new WorkbenchError('TOO_LARGE', 'This text is too long to be formatted (512 KiB at most).', {
      advice: 'Select a part of it.',
    })
  }
  // With the first text that is laid out: it is a tenth of what a host loads, and most never need it.
  const { formatDialect, postgresql } = await import('sql-formatter')
  try {
    return formatDialect(text, {
      dialect: postgresql,
      keywordCase: 'preserve',
      tabWidth: 2,
      expressionWidth: 80,
      linesBetweenQueries: 1,
      paramTypes: { numbered: ['$'] },
    })
  } catch (cause) {
    throw new WorkbenchError(
      'STATEMENT_INVALID',
      'The formatter can’t read this SQL, so it stays as it is.',
      {
        advice: 'Mend the syntax error, if one is underlined.',
        cause,
      },
    )
  }
}
