import { MousePointerClick } from 'lucide-react'
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { EmptyState } from '#renderer/kit/index.ts'
import type { PanelBody } from '#renderer/state/index.ts'
import { tellInspection } from './inspector-place.ts'

/** What is selected in the panel, in full; the panel says what that is. */
export function Inspector({ body: panel }: { readonly body: PanelBody | undefined }) {
  const Body = panel?.Inspector
  const place = useRef<HTMLDivElement>(null)
  const isIdle = useSyncExternalStore(panel?.inspects?.subscribe ?? never, () => hasNoUse(panel))

  // With the panel's own news, not a render after it: a pane that came later would take the panel's room away again.
  useLayoutEffect(() => {
    const tell = () =>
      tellInspection({ isIdle: hasNoUse(panel), isInTheWay: panel?.takesInspectorsRoom === true })
    tell()
    return panel?.inspects?.subscribe(tell)
  }, [panel])

  // A panel without a selection draws nothing; what it draws is the only place where that can be seen.
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const tell = () => tellInspection({ isEmpty: element.childElementCount === 0 })
    tell()
    const observer = new MutationObserver(tell)
    observer.observe(element, { childList: true })
    return () => observer.disconnect()
  }, [])

  return (
    <section aria-label="Inspector" className="flex min-h-0 flex-1 flex-col bg-surface-2">
      {/* Scrolls, so the keyboard must reach it. */}
      <div
        ref={place}
        tabIndex={0}
        className="peer min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2 empty:hidden"
      >
        {Body !== undefined && <Body />}
      </div>
      <div className="hidden min-h-0 flex-1 peer-empty:block">
        {isIdle ? (
          <EmptyState icon={MousePointerClick} title="Nothing to select here">
            Point at a chart or a cell of this panel: it says all that is known of it.
          </EmptyState>
        ) : (
          <EmptyState icon={MousePointerClick} title="Nothing selected">
            Select something in the panel to see everything that is known of it.
          </EmptyState>
        )}
      </div>
    </section>
  )
}

const never = () => () => undefined

/** Nothing can be selected in what the panel shows. */
const hasNoUse = (panel: PanelBody | undefined): boolean =>
  panel?.Inspector === undefined || panel.inspects?.get() === false
