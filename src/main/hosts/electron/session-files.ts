import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { describeProblem } from '#main/hosts/common/index.ts'
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

/** Says what failed and what to try. */
export function showProblem(title: string, error: unknown): void {
  const { message, advice } = describeProblem(error)
  dialog.showErrorBox(title, advice === '' ? message : `${message}\n\n${advice}`)
}
