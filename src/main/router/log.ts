/** Where the workbench writes what happened to it. Hosts bring the writer; nothing secret is ever handed to it. */
export interface Log {
  info(message: string): void
  warn(message: string, error?: unknown): void
  error(message: string, error?: unknown): void
}
