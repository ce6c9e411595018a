import { create } from 'zustand'
import type { ConnectInput } from '#renderer/state/index.ts'
import type { SavedTarget } from '#shared/session/index.ts'

/** The dialogs of the frame; at most one is open. */
export type FrameDialog =
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'connect'; readonly target?: SavedTarget }
  | { readonly kind: 'password'; readonly input: ConnectInput; readonly name: string }
  | { readonly kind: 'capabilities' }
  | { readonly kind: 'open-session' }
  | { readonly kind: 'new-session' }

interface DialogStore {
  readonly dialog: FrameDialog | undefined
}

export const useDialog = create<DialogStore>(() => ({ dialog: undefined }))

export function openDialog(dialog: FrameDialog): void {
  useDialog.setState({ dialog })
}

export function closeDialog(): void {
  useDialog.setState({ dialog: undefined })
}
