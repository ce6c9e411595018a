import type * as MonacoApi from 'monaco-editor/editor/editor.api.js'
import { languageId } from './language.ts'
import { monaco } from './monaco.ts'
import { serveModel } from './providers.ts'
import type { EditorProblem, SqlEditorHandle, SqlEditorProps, TextRange } from './types.ts'

/** A running editor in an element. */
export interface MountedEditor {
  readonly handle: SqlEditorHandle
  setProblems(problems: readonly EditorProblem[]): void
  setCurrent(current: TextRange | undefined): void
  dispose(): void
}

export type MountOptions = Pick<
  SqlEditorProps,
  'label' | 'initialText' | 'onChange' | 'onSelect' | 'onEscape' | 'catalogue' | 'format'
>

const options = {
  language: languageId,
  automaticLayout: true,
  // A real text area: keys without a modifier are then known to be typing, by us and by assistive technology.
  editContext: false,
  placeholder: 'Write SQL here',
  fontFamily: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, 'Cascadia Mono', Menlo, monospace",
  fontSize: 13,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  folding: true,
  showFoldingControls: 'mouseover',
  renderLineHighlight: 'none',
  overviewRulerBorder: false,
  overviewRulerLanes: 2,
  hideCursorInOverviewRuler: true,
  padding: { top: 8, bottom: 8 },
  tabSize: 2,
  insertSpaces: true,
  // A statement out of a log or an ORM is one long line.
  wordWrap: 'on',
  wrappingIndent: 'indent',
  fixedOverflowWidgets: true,
  smoothScrolling: false,
  cursorBlinking: 'blink',
  contextmenu: true,
  // Data in strings is not prose: marking every odd character would cover real problems.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: false },
  suggest: {
    showWords: false,
    preview: false,
    showStatusBar: false,
    localityBonus: false,
    insertMode: 'replace',
  },
  suggestSelection: 'first',
  acceptSuggestionOnEnter: 'on',
  acceptSuggestionOnCommitCharacter: false,
  snippetSuggestions: 'none',
  formatOnType: false,
  links: false,
  colorDecorators: false,
  occurrencesHighlight: 'off',
  stickyScroll: { enabled: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
} as const satisfies MonacoApi.editor.IStandaloneEditorConstructionOptions

/** Above a statement that is shown from its beginning: the end of what is before it. */
const showsAbovePx = 20

/** Whatever of the editor's own that Escape should close first. */
const nothingToClose = [
  '!suggestWidgetVisible',
  '!findWidgetVisible',
  '!parameterHintsVisible',
  '!markersNavigationVisible',
  '!editorHasMultipleSelections',
  '!renameInputVisible',
  '!inSnippetMode',
  '!editorHoverVisible',
].join(' && ')

function rangeOf(model: MonacoApi.editor.ITextModel, { start, end }: TextRange): MonacoApi.IRange {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
}

/** The selection if there is one, else everything. */
async function formatText(editor: MonacoApi.editor.IStandaloneCodeEditor): Promise<void> {
  const selected = editor.getSelection()?.isEmpty() === false
  const action = selected ? 'editor.action.formatSelection' : 'editor.action.formatDocument'
  await editor.getAction(action)?.run()
}

function createHandle(
  editor: MonacoApi.editor.IStandaloneCodeEditor,
  model: MonacoApi.editor.ITextModel,
): SqlEditorHandle {
  return {
    focus: () => editor.focus(),
    text: () => model.getValue(),
    setText: (text) => {
      // As an edit, so that undo brings the old text back.
      editor.executeEdits('workbench', [{ range: model.getFullModelRange(), text, forceMoveMarkers: true }])
      editor.pushUndoStop()
      editor.setPosition({ lineNumber: 1, column: 1 })
      editor.revealLine(1)
    },
    reveal: (range) => {
      const place = rangeOf(model, range)
      editor.setSelection(place)
      editor.revealRangeInCenterIfOutsideViewport(place)
    },
    beginAt: (range) => {
      const place = rangeOf(model, range)
      editor.setPosition({ lineNumber: place.startLineNumber, column: place.startColumn })
      // Fields for its parameters may take some of the room in a moment: what begins at the top stays.
      editor.setScrollTop(editor.getTopForLineNumber(place.startLineNumber) - showsAbovePx)
    },
    format: () => formatText(editor),
  }
}

/** Tells the selection once a frame, however fast the cursor moves. */
function reportSelection(
  editor: MonacoApi.editor.IStandaloneCodeEditor,
  model: MonacoApi.editor.ITextModel,
  onSelect: MountOptions['onSelect'],
): void {
  editor.onDidChangeCursorSelection(({ selection }) => {
    onSelect({
      start: model.getOffsetAt(selection.getStartPosition()),
      end: model.getOffsetAt(selection.getEndPosition()),
    })
  })
}

/** Keys of ours within the editor. Escape arms Tab to leave the editor; typing or leaving disarms it. */
function installKeys(
  editor: MonacoApi.editor.IStandaloneCodeEditor,
  onEscape: MountOptions['onEscape'],
): void {
  const disarm = (): void => editor.updateOptions({ tabFocusMode: false })
  editor.addAction({
    id: 'workbench.escape',
    label: 'Leave the editor with Tab',
    keybindings: [monaco.KeyCode.Escape],
    precondition: nothingToClose,
    run: () => {
      if (!onEscape()) editor.updateOptions({ tabFocusMode: true })
    },
  })
  editor.addAction({
    id: 'workbench.format',
    label: 'Format SQL',
    keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF],
    run: () => formatText(editor),
  })
  editor.onDidChangeModelContent(disarm)
  editor.onDidBlurEditorText(disarm)
}

export function mountEditor(host: HTMLElement, wanted: MountOptions): MountedEditor {
  const model = monaco.editor.createModel(wanted.initialText, languageId)
  model.setEOL(monaco.editor.EndOfLineSequence.LF)
  const stopServing = serveModel(model, { catalogue: wanted.catalogue, format: wanted.format })
  const editor = monaco.editor.create(host, { ...options, model, ariaLabel: wanted.label })
  // Widths are measured at creation; the font may come later.
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
  model.onDidChangeContent(() => wanted.onChange(model.getValue()))
  reportSelection(editor, model, wanted.onSelect)
  installKeys(editor, wanted.onEscape)

  const marks = editor.createDecorationsCollection()
  return {
    handle: createHandle(editor, model),
    setProblems: (problems) => {
      monaco.editor.setModelMarkers(
        model,
        'workbench',
        problems.map((problem) => ({
          ...rangeOf(model, { start: problem.start, end: Math.max(problem.end, problem.start + 1) }),
          message: problem.message,
          source: problem.source === 'run' ? 'server' : 'syntax',
          severity: monaco.MarkerSeverity.Error,
        })),
      )
    },
    setCurrent: (current) => {
      if (!current) return marks.clear()
      marks.set([
        {
          range: rangeOf(model, current),
          options: { isWholeLine: true, linesDecorationsClassName: 'sql-editor-current' },
        },
      ])
    },
    dispose: () => {
      stopServing()
      editor.dispose()
      model.dispose()
    },
  }
}
