import { ChartSpline, Ellipsis, Image, Sheet, Table2 } from 'lucide-react'
import { IconButton, Menu, MenuItem } from '#renderer/kit/index.ts'
import { chartToPng } from './export/to-png.ts'
import { chartToSvg } from './export/to-svg.ts'
import { chartToTsv } from './export/to-tsv.ts'
import type { ChartActions, ChartSpec } from './model.ts'
import { colourOf } from './palette.ts'

interface ChartMenuProps {
  readonly spec: ChartSpec
  readonly actions: ChartActions
  readonly isTable: boolean
  readonly onTable: (isTable: boolean) => void
  readonly canvas: () => HTMLCanvasElement | undefined
}

/** What a copied picture measures where the chart is a table now. */
const usual = { width: 900, height: 280 }

/** Seen when the chart is pointed at, or the keyboard gets there. */
export function ChartMenu({ spec, actions, isTable, onTable, canvas }: ChartMenuProps) {
  const svg = () => {
    const drawn = canvas()?.getBoundingClientRect()
    const size =
      drawn === undefined ? usual : { width: Math.round(drawn.width), height: Math.round(drawn.height) + 24 }
    return chartToSvg(spec, { ...size, colour: colourOf })
  }
  const { onCopy } = actions
  const what = spec.label
  return (
    <div className="absolute top-0.5 right-1 z-10 opacity-0 group-hover/chart:opacity-100 focus-within:opacity-100 has-[[data-state=open]]:opacity-100">
      <Menu
        label={`${what}: table and copies`}
        align="end"
        trigger={
          <IconButton label={`Table and copies of ${what}`} icon={Ellipsis} className="bg-surface-1/80" />
        }
      >
        <MenuItem icon={isTable ? ChartSpline : Table2} onSelect={() => onTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </MenuItem>
        <MenuItem icon={Image} onSelect={() => onCopy(`${what} as PNG`, copyPng(svg()))}>
          Copy as PNG
        </MenuItem>
        <MenuItem
          icon={Image}
          onSelect={() => onCopy(`${what} as SVG`, navigator.clipboard.writeText(svg()))}
        >
          Copy as SVG
        </MenuItem>
        <MenuItem
          icon={Sheet}
          onSelect={() => onCopy(`${what} as TSV`, navigator.clipboard.writeText(chartToTsv(spec)))}
        >
          Copy as TSV
        </MenuItem>
      </Menu>
    </div>
  )
}

/** The clipboard wants the promise: made while the click still counts. */
function copyPng(svg: string): Promise<void> {
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': chartToPng(svg) })])
}
