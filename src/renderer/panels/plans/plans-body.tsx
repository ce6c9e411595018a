import type { ReactNode } from 'react'
import { Spinner } from '#renderer/kit/index.ts'
import { LogPane } from './log/log-pane.tsx'
import type { Shown } from './opened.ts'
import { OpenedPlans } from './opened-plans.tsx'
import { PasteBox } from './paste-box.tsx'

interface PlansBodyProps {
  readonly shown: Shown
  /** To the other plans, where there is no list of them. */
  readonly menu: ReactNode | undefined
}

/** What is open, under the way to the other plans; an opened plan has that in its own head. */
export function PlansBody({ shown, menu }: PlansBodyProps) {
  if (shown.kind === 'plans') return <OpenedPlans opened={shown.opened} index={shown.index} menu={menu} />
  return (
    <>
      {menu !== undefined && <div className="border-line border-b bg-surface-1 px-2 py-1">{menu}</div>}
      <div className="min-h-0 flex-1">
        <OtherBody shown={shown} />
      </div>
    </>
  )
}

/** A log, a place to paste, or what is under way. */
function OtherBody({ shown }: { readonly shown: Exclude<Shown, { readonly kind: 'plans' }> }) {
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
    case 'log':
      return <LogPane key={`${shown.file.name} ${shown.file.lastModified}`} file={shown.file} />
  }
}
