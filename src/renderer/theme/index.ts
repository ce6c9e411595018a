export { severityToken, waitClassToken } from './meaning.ts'
export { applyTheme, currentTheme, onThemeChange, readToken, type Theme } from './theme.ts'
