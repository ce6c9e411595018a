import { create } from 'zustand'

export interface InspectorSelection {
  /** Which panel's `Inspector` shows it. */
  readonly panelId: string
  readonly title: string
  readonly subtitle?: string
}

interface InspectorStore {
  readonly selection: InspectorSelection | undefined
}

/** What is selected: a panel says it here, its `Inspector` shows it. */
export const useInspector = create<InspectorStore>(() => ({ selection: undefined }))

export function inspect(selection: InspectorSelection | undefined): void {
  useInspector.setState({ selection })
}
