import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { Workbench } from '#main/router/index.ts'

const filters = [{ name: 'Barograph sessions', extensions: ['barograph'] }]

/** Lets the user choose a session file; `undefined` if they thought better of it. */
export async function pickSessionFile(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options = { title: 'Open session', filters, properties: ['openFile' as const] }
  const { filePaths } = await (window === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return filePaths[0]
}

/** Opens a file as the workbench's session; windows hear of it through their tail. */
export async function openSessionFile({ client }: Pick<Workbench, 'client'>, file: string): Promise<void> {
  try {
    await client.session.open({ path: file })
  } catch (error) {
    showProblem(`“${basename(file)}” could not be opened`, error)
  }
}

/** Says what failed and what to try, in the words that the error brings. */
export function showProblem(title: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  dialog.showErrorBox(title, [message, adviceOf(error)].filter((line) => line !== '').join('\n\n'))
}

function adviceOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  // Ours carry it themselves; those of the contract in their data.
  const { advice, data } = error as {
    readonly advice?: unknown
    readonly data?: { readonly advice?: unknown }
  }
  const found = advice ?? data?.advice
  return typeof found === 'string' ? found : ''
}
