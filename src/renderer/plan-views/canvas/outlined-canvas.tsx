import type { ComponentProps, ReactNode, Ref } from 'react'
import { PlanOutline } from './plan-outline.tsx'

interface OutlinedCanvasProps extends ComponentProps<typeof PlanOutline> {
  readonly testId: string
  readonly canvasRef: Ref<HTMLCanvasElement>
  /** Drawn above the canvas: a map, the card at the pointer. */
  readonly children: ReactNode
}

/** A canvas and the tree grid that stands for it; the ring of the grid's focus is drawn around both. */
export function OutlinedCanvas({ testId, canvasRef, children, ...outline }: OutlinedCanvasProps) {
  return (
    <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden has-[[role=treegrid]:focus-visible]:outline-2 has-[[role=treegrid]:focus-visible]:outline-accent has-[[role=treegrid]:focus-visible]:outline-offset-[-2px]">
      <canvas
        ref={canvasRef}
        aria-hidden="true"
        data-testid={testId}
        className="absolute inset-0 size-full touch-none"
      />
      <PlanOutline {...outline} />
      {children}
    </div>
  )
}
