export { RedactNote } from './redact-note.tsx'
export { setRedacted, useIsRedacted, useRedactable } from './redacted.ts'
