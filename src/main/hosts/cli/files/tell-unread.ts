import { failureLine } from '../failure.ts'
import type { FileError } from './source.ts'

/** One line on standard error on a file that could not be read: which, where in it, why, each said once. */
export function tellUnread(file: string, { message, line, column = 1 }: FileError): void {
  const name = message.startsWith(`The file ${file} `) ? '' : `${file}: `
  const place =
    line === undefined || message.includes(`line ${line}`) ? '' : `line ${line}, column ${column}: `
  process.stderr.write(failureLine({ message: name + place + message }))
}
