import type * as MonacoApi from 'monaco-editor/editor/editor.api.js'
import { type CatalogueSource, createCompletionSession, type Suggestion } from './completion/index.ts'
import { languageId } from './language.ts'
import { monaco } from './monaco.ts'

/** What an editor's model needs from outside; Monaco's providers serve all models of a language at once. */
export interface ModelServices {
  readonly catalogue: CatalogueSource
  readonly format: (text: string) => Promise<string>
}

interface Registered {
  readonly complete: ReturnType<typeof createCompletionSession>
  readonly format: (text: string) => Promise<string>
}

const byModel = new Map<string, Registered>()

export function serveModel(model: MonacoApi.editor.ITextModel, services: ModelServices): () => void {
  const key = model.uri.toString()
  byModel.set(key, { complete: createCompletionSession(services.catalogue), format: services.format })
  return () => byModel.delete(key)
}

const { CompletionItemKind: Kind, CompletionItemInsertTextRule: Rule } = monaco.languages

const kinds: Readonly<Record<Suggestion['kind'], MonacoApi.languages.CompletionItemKind>> = {
  column: Kind.Field,
  alias: Kind.Variable,
  cte: Kind.Reference,
  table: Kind.Struct,
  view: Kind.Interface,
  schema: Kind.Module,
  function: Kind.Function,
  keyword: Kind.Keyword,
  type: Kind.TypeParameter,
}

function toItem(
  suggestion: Suggestion,
  order: number,
  range: MonacoApi.IRange,
): MonacoApi.languages.CompletionItem {
  return {
    label: { label: suggestion.label, description: suggestion.detail },
    kind: kinds[suggestion.kind],
    insertText: suggestion.insert,
    ...(suggestion.insert.includes('$0') ? { insertTextRules: Rule.InsertAsSnippet } : {}),
    // Monaco matches against what stands in the range, an opening quote included.
    filterText: suggestion.label,
    sortText: String(order).padStart(4, '0'),
    ...(suggestion.documentation === undefined
      ? {}
      : { documentation: { value: `\`\`\`text\n${suggestion.documentation}\n\`\`\`` } }),
    range,
  }
}

monaco.languages.registerCompletionItemProvider(languageId, {
  triggerCharacters: ['.', ' '],
  async provideCompletionItems(model, position, context, token) {
    const services = byModel.get(model.uri.toString())
    const text = model.getValue()
    const offset = model.getOffsetAt(position)
    // A space calls for names only where a relation must follow: anywhere else it would be in the way.
    const afterSpace = context.triggerCharacter === ' '
    if (
      !services ||
      (afterSpace && !/\b(?:from|join|into|update)\s$/i.test(text.slice(Math.max(0, offset - 10), offset)))
    )
      return { suggestions: [] }
    const found = await services.complete(text, offset)
    if (token.isCancellationRequested) return { suggestions: [] }
    const start = model.getPositionAt(found.replaceStart)
    const end = model.getPositionAt(found.replaceEnd)
    const range = {
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    }
    return {
      suggestions: found.suggestions.map((suggestion, order) => toItem(suggestion, order, range)),
      // Only the best are handed over: the next letter asks again.
      incomplete: true,
    }
  },
})

async function formatRange(
  model: MonacoApi.editor.ITextModel,
  range: MonacoApi.IRange,
): Promise<MonacoApi.languages.TextEdit[]> {
  const services = byModel.get(model.uri.toString())
  if (!services) return []
  const before = model.getValueInRange(range)
  const after = await services.format(before)
  return after === before ? [] : [{ range, text: after }]
}

monaco.languages.registerDocumentFormattingEditProvider(languageId, {
  provideDocumentFormattingEdits: (model) => formatRange(model, model.getFullModelRange()),
})
monaco.languages.registerDocumentRangeFormattingEditProvider(languageId, {
  provideDocumentRangeFormattingEdits: formatRange,
})
