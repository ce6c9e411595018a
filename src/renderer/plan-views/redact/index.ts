export { RedactNote } from './redact-note.tsx'
export { redactDocument, setRedacted, useIsRedacted, useRedactable } from './redacted.ts'
