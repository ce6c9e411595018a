import { redactSecrets } from '#shared/session/index.ts'
import type { StartKeeping } from './keeper.ts'

/** What people know query ids by. Collectors tell each text once. */
export const keepStatementTexts: StartKeeping<'statement-texts'> = ({ outgoing }) => {
  const rows = outgoing.rows('statement_texts', { query_id: 'text', text: 'text' })
  return ({ texts }) => {
    for (const { queryId, text } of texts) rows.add(queryId, redactSecrets(text))
  }
}
