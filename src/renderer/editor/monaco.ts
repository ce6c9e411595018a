/**
 * Monaco, curated: the editor with all of its features (picking fewer broke completion without a word), one language,
 * one worker. Only this folder imports it, and only by `import()`, so that the panel paints before it arrives.
 */
import * as monaco from 'monaco-editor/editor/editor.api.js'
import 'monaco-editor/features/register.all.js'
// Vite makes the worker's class of it.
// oxlint-disable-next-line import/default
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'
import { registerLanguage } from './language.ts'
import { followTheme } from './monaco-theme.ts'

self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

registerLanguage(monaco)
followTheme(monaco)

const { CtrlCmd, Shift, WinCtrl } = monaco.KeyMod
const { Enter, F1, KeyK, KeyM } = monaco.KeyCode

// Keys that belong to the workbench: the editor lets them pass. Ctrl-M would trap the keyboard's Tab for good.
monaco.editor.addKeybindingRules(
  [CtrlCmd | Enter, CtrlCmd | Shift | Enter, F1, CtrlCmd | KeyK, CtrlCmd | KeyM, WinCtrl | Shift | KeyM].map(
    (keybinding) => ({ keybinding, command: null }),
  ),
)

export { monaco }
