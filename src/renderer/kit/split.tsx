import { type ReactNode, type Ref, useRef } from 'react'
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels'
import { classes } from './classes.ts'

export interface SplitProps {
  readonly direction: 'columns' | 'rows'
  /** Shares by pane id, as `onLayout` gave them. */
  readonly layout?: Readonly<Record<string, number>>
  /** The user moved a divider; `pixels` is what the shares (percent) are shares of. */
  readonly onLayout?: (layout: Readonly<Record<string, number>>, pixels: number) => void
  /** `SplitPane`, `SplitHandle`, `SplitPane` … */
  readonly children: ReactNode
  readonly className?: string
}

/** Panes side by side or stacked, with dividers for the mouse and for the arrow keys. */
export function Split({ direction, layout, onLayout, children, className }: SplitProps) {
  const element = useRef<HTMLDivElement>(null)
  const extent = () =>
    (direction === 'columns' ? element.current?.offsetWidth : element.current?.offsetHeight) ?? 0
  return (
    <Group
      elementRef={element}
      orientation={direction === 'columns' ? 'horizontal' : 'vertical'}
      {...(layout === undefined ? {} : { defaultLayout: { ...layout } })}
      onLayoutChanged={(shares, { isUserInteraction }) => {
        if (isUserInteraction) onLayout?.(shares, extent())
      }}
      className={classes('min-h-0 min-w-0', hidesPanes, className)}
    >
      {children}
    </Group>
  )
}

/** A pane's own element belongs to the library, with its styles: classes reach only what stands in it. */
const hidesPanes = '[&>[data-hidden]]:hidden!'

/** Sizes a pane without anybody dragging its divider. */
export type SplitPaneHandle = PanelImperativeHandle

export interface SplitPaneProps {
  readonly id: string
  /** `'30%'` or pixels. */
  readonly size?: string | number
  readonly min?: string | number
  readonly max?: string | number
  /** Keeps its pixels when the window grows. */
  readonly fixed?: boolean
  /** Takes no room, and lives on: with its divider hidden too, the others fill the split. */
  readonly isHidden?: boolean
  readonly handle?: Ref<SplitPaneHandle>
  readonly children: ReactNode
  readonly className?: string
}

export function SplitPane(props: SplitPaneProps) {
  const { id, size, min, max, fixed = false, isHidden = false, handle, children, className } = props
  return (
    <Panel
      id={id}
      {...(size === undefined ? {} : { defaultSize: size })}
      {...(min === undefined ? {} : { minSize: min })}
      {...(max === undefined ? {} : { maxSize: max })}
      {...(handle === undefined ? {} : { panelRef: handle })}
      {...(isHidden ? { 'data-hidden': true } : {})}
      groupResizeBehavior={fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
      className={classes('flex min-h-0 min-w-0 flex-col', className)}
    >
      {children}
    </Panel>
  )
}

interface SplitHandleProps {
  readonly label: string
  /** With the pane that it sizes. */
  readonly isHidden?: boolean
}

/** The divider between two panes. `label` names it: "Size of the inspector". */
export function SplitHandle({ label, isHidden = false }: SplitHandleProps) {
  return (
    <Separator
      aria-label={label}
      hidden={isHidden}
      className="relative shrink-0 bg-line transition-colors duration-100 hover:bg-accent focus-visible:bg-accent focus-visible:outline-1 data-[separator=active]:bg-accent aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px"
    />
  )
}
