import { useLayoutEffect, useMemo, useRef } from 'react'
import { Split, SplitHandle, SplitPane } from '#renderer/kit/index.ts'
import { useInspectorWidth } from '#renderer/state/index.ts'
import { Boundary } from './boundary.tsx'
import { PanelFailure, PartFailure } from './failures.tsx'
import { Inspector } from './inspector.tsx'
import { useInspectorPlace } from './inspector-place.ts'
import { PanelMissing } from './panel-missing.tsx'
import type { ShownPanel } from './use-shown-panel.ts'

/** In a small window the panel is what people came for. */
const smallInspectorPx = 264

/** The panel, and beside it what is known of what is selected in it. */
export function PanelArea({ panel, arrival }: ShownPanel) {
  const inspector = useInspectorPlace()
  const [inspectorWidth, setInspectorWidth] = useInspectorWidth()
  const body = arrival.status === 'there' ? arrival.body : undefined
  const main = useRef<HTMLElement>(null)
  const panelBefore = useRef(panel.id)
  useLayoutEffect(() => {
    if (panelBefore.current === panel.id) return
    panelBefore.current = panel.id
    // What had the keyboard went away with the panel before, which may have stayed until this one had come.
    if (document.activeElement === document.body) main.current?.focus()
  }, [panel.id])
  // What becomes of the inspector is no news to the panel.
  const face = useMemo(
    () =>
      arrival.status === 'there' ? (
        <Boundary key={panel.id} title={panel.title} instead={PanelFailure}>
          <arrival.body.Panel />
        </Boundary>
      ) : (
        <PanelMissing panel={panel} reason={arrival.reason} />
      ),
    [panel, arrival],
  )
  return (
    // The inspector is part of what the panel is about: one main landmark holds both, and the divider between them.
    <main
      ref={main}
      aria-label={panel.title}
      // By a command, not by Tab: the keyboard goes on in it.
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 bg-surface-1 outline-none"
    >
      <h1 className="sr-only">{panel.title}</h1>
      <Split
        direction="columns"
        className="flex-1"
        onLayout={({ inspector: share }, pixels) => {
          if (share !== undefined) setInspectorWidth((share / 100) * pixels)
        }}
      >
        <SplitPane id="panel" min={480}>
          {face}
        </SplitPane>
        {inspector.isWanted && (
          <>
            <SplitHandle label="Width of the inspector" isHidden={!inspector.isShown} />
            <SplitPane
              id="inspector"
              size={inspector.isRoomy ? inspectorWidth : Math.min(inspectorWidth, smallInspectorPx)}
              min={220}
              max={560}
              fixed
              isHidden={!inspector.isShown}
            >
              <Boundary key={panel.id} title="The inspector" instead={PartFailure}>
                <Inspector body={body} />
              </Boundary>
            </SplitPane>
          </>
        )}
      </Split>
    </main>
  )
}
