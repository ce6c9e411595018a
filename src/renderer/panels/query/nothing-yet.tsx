import { SquareTerminal } from 'lucide-react'
import { Button, EmptyState, Kbd } from '#renderer/kit/index.ts'
import { useConnection } from '#renderer/state/index.ts'
import { demoExamples } from './demo-examples.ts'

interface NothingYetProps {
  /** Runs of the session that can be opened. */
  readonly earlierRuns: number
  readonly onExample: (statement: string) => void
}

/** What to do where nothing has run yet. */
export function NothingYet({ earlierRuns, onExample }: NothingYetProps) {
  const connection = useConnection()
  if (connection.status !== 'connected') {
    return (
      <EmptyState icon={SquareTerminal} title="No server is connected">
        Connect at the top left; the text above is kept meanwhile.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={SquareTerminal}
      title={earlierRuns === 0 ? 'Nothing has run yet' : 'No run is open'}
      actions={
        connection.isDemo &&
        demoExamples.map(({ title, statement }) => (
          <Button key={title} onClick={() => onExample(statement)}>
            {title}
          </Button>
        ))
      }
    >
      Write a statement above. <Kbd keys="mod+shift+enter" /> analyses it: the plan with its real times, and
      what it waited for. <Kbd keys="mod+enter" /> runs it and shows its rows.
      {earlierRuns > 0 && <p className="mt-2">Earlier runs of this session are under Runs.</p>}
      {connection.isDemo && <p className="mt-2">Or take one of these:</p>}
    </EmptyState>
  )
}
