import { notify } from '#renderer/state/index.ts'
import type { PlanDocument } from '../document.ts'
import { exportFlamePng, exportFlameSvg } from '../flame/export-flame.ts'
import { exportGraphPng, exportGraphSvg } from '../graph/export-graph.ts'
import type { PlanViewState } from '../view-state.ts'

function tell(what: string, work: Promise<unknown>): void {
  work.then(
    () => notify({ tone: 'ok', title: `Copied ${what}` }),
    (error: unknown) =>
      notify({
        tone: 'bad',
        title: `Could not copy ${what}`,
        text:
          error instanceof Error && error.name !== 'NotAllowedError'
            ? error.message
            : 'The clipboard is not open to this window.',
      }),
  )
}

/** Copies and says so, or says why not. */
export function copyText(what: string, text: string): void {
  tell(what, navigator.clipboard.writeText(text))
}

/** What a picture shows: the flame where that is looked at, else the tree. */
export function nameOfPicture({ view }: PlanViewState): 'flame' | 'tree' {
  return view === 'flame' ? 'flame' : 'tree'
}

export function copySvg(document: PlanDocument, state: PlanViewState): void {
  const name = nameOfPicture(state)
  const svg = name === 'flame' ? exportFlameSvg(document, state) : exportGraphSvg(document, state)
  if (svg !== undefined) copyText(`the ${name} as SVG`, svg)
}

export function copyPng(document: PlanDocument, state: PlanViewState, part: 'view' | 'whole'): void {
  const name = nameOfPicture(state)
  const make = name === 'flame' ? exportFlamePng : exportGraphPng
  const picture = make(document, state, part).then((blob) => {
    if (blob === undefined) throw new Error('The plan has no figures to draw.')
    return blob
  })
  // The clipboard wants the promise: made while the click still counts.
  tell(`the ${name} as PNG`, navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]))
}
