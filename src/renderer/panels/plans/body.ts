import type { PanelBody } from '#renderer/state/index.ts'
import { openFiles, openText } from './open-plans.ts'
import { useOpened } from './opened.ts'
import { PlansInspector } from './plans-inspector.tsx'
import { PlansPanel } from './plans-panel.tsx'
import { warmUp } from './warm-up.ts'

export const body: PanelBody = {
  Panel: PlansPanel,
  Inspector: PlansInspector,
  // A log says beneath its table what is known of a statement.
  inspects: { get: () => useOpened.getState().shown.kind !== 'log', subscribe: useOpened.subscribe },
  warmUp,
  intake: {
    openText: (text) => openText({ text, source: 'paste' }),
    openFiles: (files) => void openFiles(files),
  },
}
