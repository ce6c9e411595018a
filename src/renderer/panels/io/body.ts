import type { PanelBody } from '#renderer/state/index.ts'
import { IoPanel } from './io-panel.tsx'

export const body: PanelBody = {
  Panel: IoPanel,
}
