import type * as MonacoApi from 'monaco-editor/editor/editor.api.js'
import { conf, language } from 'monaco-editor/languages/definitions/pgsql/pgsql.js'

export const languageId = 'pgsql'

/** Keywords that PostgreSQL does not reserve, and that Monaco's list of reserved ones therefore lacks. */
const statementWords = (
  'ADD ALTER ANALYZE BEGIN BY CASCADE CLUSTER COMMENT COMMIT CONFLICT COPY CUBE CURRENT DEALLOCATE DECLARE DELETE DROP ' +
  'EXECUTE EXISTS EXPLAIN EXTENSION FILTER FIRST FOLLOWING FUNCTION IF INDEX INSERT KEY LAST LOCK MATCHED ' +
  'MATERIALIZED MERGE NEXT NO NOTHING NULLS OVER PARTITION PRECEDING PREPARE PROCEDURE RANGE RECURSIVE REFRESH ' +
  'REINDEX RESET RESTRICT RETURNS REVOKE ROLLBACK ROLLUP ROW ROWS SCHEMA SEQUENCE SET SETS SHARE SHOW START STATISTICS ' +
  'TEMPORARY TRIGGER TRUNCATE UNBOUNDED UPDATE USING VACUUM VALUES VIEW WITHIN WITHOUT'
).split(' ')

/** What Monaco's own description of PostgreSQL lacks: dollar quotes, nested comments, escapes, parameters, casts. */
export function registerLanguage(monaco: typeof MonacoApi): void {
  monaco.languages.register({ id: languageId, aliases: ['PostgreSQL'] })
  monaco.languages.setLanguageConfiguration(languageId, {
    ...conf,
    wordPattern: /[\p{L}_][\p{L}\p{N}_$]*|\$\d+/u,
    folding: { offSide: true },
  })
  const rules = language.tokenizer
  monaco.languages.setMonarchTokensProvider(languageId, {
    ...language,
    // Without it the base themes' rules for SQL would win over ours.
    tokenPostfix: '',
    statementWords,
    tokenizer: {
      ...rules,
      root: [
        [/\$\d+/, 'variable.parameter'],
        [/\$([A-Za-z_]\w*)?\$/, { token: 'string', next: '@dollar.$0' }],
        [/[eE]'/, { token: 'string', next: '@escaped' }],
        [/::/, 'operator'],
        // A name before a parenthesis is a function, whether the list of built-in ones has it or not.
        [
          /[a-zA-Z_]\w*(?=\()/,
          {
            cases: {
              '@keywords': 'keyword',
              '@operators': 'keyword',
              '@statementWords': 'keyword',
              '@default': 'predefined',
            },
          },
        ],
        [
          /[a-zA-Z_]\w*/,
          {
            cases: {
              '@keywords': 'keyword',
              '@operators': 'keyword',
              '@statementWords': 'keyword',
              '@default': 'identifier',
            },
          },
        ],
        ...(rules['root'] ?? []),
      ],
      comment: [
        [/[^*/]+/, 'comment'],
        [/\/\*/, { token: 'comment.quote', next: '@push' }],
        [/\*\//, { token: 'comment.quote', next: '@pop' }],
        [/./, 'comment'],
      ],
      dollar: [
        [/[^$]+/, 'string'],
        [
          /\$([A-Za-z_]\w*)?\$/,
          { cases: { '$0==$S2': { token: 'string', next: '@pop' }, '@default': 'string' } },
        ],
        [/\$/, 'string'],
      ],
      escaped: [
        [/[^'\\]+/, 'string'],
        [/\\./, 'string.escape'],
        [/''/, 'string'],
        [/'/, { token: 'string', next: '@pop' }],
      ],
    },
  })
}
