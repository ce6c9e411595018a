import type { CatalogueSource } from './completion/index.ts'

/** A part of the text by UTF-16 offsets. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

export interface EditorProblem extends TextRange {
  readonly message: string
  /** Who says so: the parser while typing, or the server after a run. */
  readonly source: 'syntax' | 'run'
}

/** What the panel may ask of the editor. */
export interface SqlEditorHandle {
  focus(): void
  text(): string
  /** Replaces the whole text; undo brings the old one back. */
  setText(text: string): void
  /** Selects and shows a part of the text. */
  reveal(range: TextRange): void
  /** Puts the cursor where a part begins, and shows as much of it as there is room for, its beginning first. */
  beginAt(range: TextRange): void
  /** Formats the selection, or everything. */
  format(): Promise<void>
}

export interface SqlEditorProps {
  readonly label: string
  readonly initialText: string
  readonly onChange: (text: string) => void
  /** Selection in the text; `start === end` is a bare cursor. */
  readonly onSelect: (selection: TextRange) => void
  /** Escape with nothing of the editor's own to close. True = used up; false = let Tab leave the editor. */
  readonly onEscape: () => boolean
  readonly problems: readonly EditorProblem[]
  /** The statement that a run would take; marked in the margin where there are several. */
  readonly current: TextRange | undefined
  readonly catalogue: CatalogueSource
  readonly format: (text: string) => Promise<string>
  /** Called with the handle once the editor is there, and with `undefined` when it goes. */
  readonly onReady: (handle: SqlEditorHandle | undefined) => void
}
