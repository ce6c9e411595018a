import { type FlameModel, pathTo } from './flame-model.ts'
import { type FlameScene, nameOf } from './paint-flame.ts'

interface BreadcrumbProps {
  readonly scene: FlameScene | undefined
  readonly zoomedId: number | undefined
  readonly onZoom: (nodeId: number | undefined) => void
}

/** The nearest steps are named; those between the first and them are passed over. */
const namedSteps = 3

/** The way from the whole to the block that fills the width: each step leads back to it. */
export function Breadcrumb({ scene, zoomedId, onZoom }: BreadcrumbProps) {
  if (scene === undefined || zoomedId === undefined) return null
  const steps = stepsTo(scene.model, zoomedId)
  const shown = steps.slice(-namedSteps)
  return (
    <nav aria-label="Zoomed into" className="flex min-w-0 shrink items-center gap-1.5">
      <Step name="All" onClick={() => onZoom(undefined)} />
      {steps.length > shown.length && <span className="text-ink-3">… ›</span>}
      {shown.map((index, at) => {
        const block = scene.model.blocks[index]
        if (block === undefined) return null
        return at === shown.length - 1 ? (
          <span key={index} aria-current="true" className="max-w-60 truncate font-semibold">
            {nameOf(scene, block)}
          </span>
        ) : (
          <Step key={index} name={nameOf(scene, block)} onClick={() => onZoom(block.nodeId)} />
        )
      })}
    </nav>
  )
}

function Step({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <>
      <button
        type="button"
        className="max-w-44 truncate text-ink-2 hover:text-ink hover:underline"
        onClick={onClick}
      >
        {name}
      </button>
      <span aria-hidden="true" className="text-ink-3">
        ›
      </span>
    </>
  )
}

function stepsTo(model: FlameModel, nodeId: number): readonly number[] {
  const index = model.blockOf[nodeId] ?? -1
  return pathTo(model, index).filter((at) => model.blocks[at]?.kind === 'node')
}
