import type * as MonacoApi from 'monaco-editor/editor/editor.api.js'
import { currentTheme, onThemeChange, readToken, type Theme } from '../theme/index.ts'

/** Syntax colours: they mean nothing but syntax, so they are not tokens. 4.5:1 or better on the panel's surface. */
const syntax = {
  dark: { keyword: '8fb8ff', routine: 'd7ba7d', text: '8fd19e', number: 'd3a5e8', parameter: 'f0a877' },
  light: { keyword: '1a55b5', routine: '7d5a00', text: '13703f', number: '7a3ea6', parameter: 'a1470a' },
} as const satisfies Record<Theme, Record<string, string>>

function themeName(theme: Theme): string {
  return `barograph-${theme}`
}

function define(monaco: typeof MonacoApi, theme: Theme): void {
  const colours = syntax[theme]
  const comment = readToken('--ink-3').replace('#', '')
  monaco.editor.defineTheme(themeName(theme), {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: readToken('--ink').replace('#', '') },
      { token: 'keyword', foreground: colours.keyword },
      { token: 'operator', foreground: readToken('--ink-2').replace('#', '') },
      { token: 'predefined', foreground: colours.routine },
      { token: 'string', foreground: colours.text },
      { token: 'number', foreground: colours.number },
      { token: 'variable.parameter', foreground: colours.parameter },
      { token: 'comment', foreground: comment },
      { token: 'identifier.quote', foreground: readToken('--ink').replace('#', '') },
    ],
    colors: {
      'editor.background': readToken('--surface-1'),
      'editor.foreground': readToken('--ink'),
      'editorLineNumber.foreground': readToken('--ink-3'),
      'editorLineNumber.activeForeground': readToken('--ink'),
      'editorCursor.foreground': readToken('--accent'),
      'editor.selectionBackground': readToken('--accent-soft'),
      'editor.lineHighlightBackground': readToken('--surface-1'),
      'editor.lineHighlightBorder': readToken('--surface-1'),
      'editor.placeholder.foreground': readToken('--ink-3'),
      'editorGutter.background': readToken('--surface-1'),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((depth) => [
          `editorBracketHighlight.foreground${depth}`,
          readToken('--ink-2'),
        ]),
      ),
      'editorWidget.background': readToken('--surface-2'),
      'editorWidget.border': readToken('--line-strong'),
      'editorWidget.foreground': readToken('--ink'),
      'editorSuggestWidget.background': readToken('--surface-2'),
      'editorSuggestWidget.border': readToken('--line-strong'),
      'editorSuggestWidget.foreground': readToken('--ink'),
      'editorSuggestWidget.selectedBackground': readToken('--surface-3'),
      'editorSuggestWidget.selectedForeground': readToken('--ink'),
      'editorSuggestWidget.highlightForeground': readToken('--accent'),
      'editorSuggestWidget.focusHighlightForeground': readToken('--accent'),
      'editorHoverWidget.background': readToken('--surface-2'),
      'editorHoverWidget.border': readToken('--line-strong'),
      'editorError.foreground': readToken('--bad'),
      'editorWarning.foreground': readToken('--warn'),
      'input.background': readToken('--surface-0'),
      'input.border': readToken('--control'),
      'list.hoverBackground': readToken('--surface-3'),
      'scrollbarSlider.background': `${readToken('--line-strong')}99`,
      'scrollbarSlider.hoverBackground': readToken('--line-strong'),
      'widget.shadow': '#00000055',
      focusBorder: readToken('--accent'),
    },
  })
  monaco.editor.setTheme(themeName(theme))
}

/** Draws editors in the window's theme, now and after every change; lives as long as the window. */
export function followTheme(monaco: typeof MonacoApi): void {
  define(monaco, currentTheme())
  onThemeChange((theme) => define(monaco, theme))
}
