import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { classes } from '#renderer/kit/index.ts'
import { type EpochMs, formatDuration } from '#shared/units/index.ts'
import { selectProcess } from '../locks-state.ts'
import type { LockProcess } from '../picture.ts'
import {
  describeHeld,
  describeWait,
  longestWaitMs,
  nameProcess,
  sayProcess,
  statementHead,
  transactionAge,
} from '../words.ts'
import { nodeHeight, nodeWidth } from './place-nodes.ts'

export type ProcessNodeData = {
  readonly process: LockProcess
  readonly atMs: EpochMs
  readonly isSelected: boolean
  /** The one that the keyboard comes to first. */
  readonly isEntry: boolean
}

/** Where arrows begin and end, by side (`sidesBetween`). They are found by measuring. */
const anchors = [Position.Left, Position.Right, Position.Top, Position.Bottom].flatMap((side) => [
  { side, type: 'source' as const },
  { side, type: 'target' as const },
])

export function ProcessNode({ data }: NodeProps<Node<ProcessNodeData>>) {
  const { process, atMs, isSelected, isEntry } = data
  const waitedMs = longestWaitMs(process)
  const age = transactionAge(process, atMs)
  const state = process.backend?.state
  return (
    <>
      {anchors.map(({ side, type }) => (
        <Handle
          key={`${type} ${side}`}
          id={side}
          type={type}
          position={side}
          isConnectable={false}
          className="invisible"
        />
      ))}
      <button
        type="button"
        data-process={process.pid}
        title={sayProcess(process)}
        aria-pressed={isSelected}
        tabIndex={isEntry ? 0 : -1}
        onClick={() => selectProcess(process.pid)}
        style={{ width: nodeWidth, height: nodeHeight }}
        className={classes(
          'nopan pointer-events-auto flex flex-col rounded-md border px-2 py-1 text-left',
          isSelected ? 'bg-surface-3' : 'bg-surface-2',
          process.isInCycle
            ? 'border-bad border-2'
            : process.isRoot
              ? 'border-line-strong border-l-4 border-l-bad'
              : 'border-line-strong',
        )}
      >
        <span className="flex w-full items-baseline justify-between gap-2">
          <span className="truncate font-semibold">{nameProcess(process)}</span>
          <span className="shrink-0 text-xs">
            {process.isInCycle ? (
              <span className="font-semibold text-bad">deadlock</span>
            ) : process.waits.length === 0 ? (
              <span className="text-bad">blocks {process.blocks}</span>
            ) : (
              <>
                {process.blocks > 0 && <span className="text-bad">blocks {process.blocks} · </span>}
                {waitedMs !== undefined && formatDuration(Math.round(waitedMs))}
              </>
            )}
          </span>
        </span>
        <span className="w-full truncate text-ink-2 text-xs">
          {[process.backend?.user, state, age === undefined ? undefined : `transaction ${age}`]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </span>
        <span className="w-full truncate text-xs">
          {process.waits.length > 0 ? (
            <>
              <span className="text-wait-lock">waits</span> {process.waits.map(describeWait).join(', ')}
            </>
          ) : (
            process.held.length > 0 && `holds ${describeHeld(process.held)}`
          )}
        </span>
        <span className="w-full truncate font-mono text-ink-2 text-xs">{statementHead(process)}</span>
      </button>
    </>
  )
}
