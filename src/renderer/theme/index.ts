export { type Severity, severityToken, waitClassToken } from './meaning.ts'
export { applyTheme, currentTheme, onThemeChange, readToken, type Theme, type ThemeChoice } from './theme.ts'
