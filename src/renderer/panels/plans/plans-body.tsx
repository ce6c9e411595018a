import { Spinner } from '#renderer/kit/index.ts'
import { LogPane } from './log/log-pane.tsx'
import type { Shown } from './opened.ts'
import { OpenedPlans } from './opened-plans.tsx'
import { PasteBox } from './paste-box.tsx'

/** What is open: plans, a log, or a place to paste. */
export function PlansBody({ shown }: { readonly shown: Shown }) {
  switch (shown.kind) {
    case 'nothing':
      return <PasteBox draft={shown.draft} refused={undefined} />
    case 'refused':
      return <PasteBox key={shown.refused.text} draft={shown.refused.text} refused={shown.refused} />
    case 'loading':
      return (
        <div className="grid h-full place-items-center text-ink-2">
          <p className="flex items-center gap-2">
            <Spinner /> Opening {shown.name}…
          </p>
        </div>
      )
    case 'plans':
      return <OpenedPlans opened={shown.opened} index={shown.index} />
    case 'log':
      return <LogPane key={`${shown.file.name} ${shown.file.lastModified}`} file={shown.file} />
  }
}
