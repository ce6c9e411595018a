import { SquareTerminal } from 'lucide-react'
import { Button, EmptyState, Kbd } from '#renderer/kit/index.ts'
import { useConnection } from '#renderer/state/index.ts'
import { type DemoExample, demoExamples } from './demo-examples.ts'

interface NothingYetProps {
  /** Runs of the session that can be opened. */
  readonly earlierRuns: number
  readonly onExample: (example: DemoExample) => void
}

/** What to do where nothing has run yet. */
export function NothingYet({ earlierRuns, onExample }: NothingYetProps) {
  const connection = useConnection()
  if (connection.status === 'reconnecting' || connection.status === 'connecting') {
    const isAway = connection.status === 'reconnecting'
    return (
      <EmptyState
        icon={SquareTerminal}
        title={isAway ? 'The server is away' : `Connecting to ${connection.name}…`}
      >
        {isAway && 'It goes on by itself when the server is back; the text above is kept meanwhile.'}
      </EmptyState>
    )
  }
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
        demoExamples.map((example) => (
          <Button key={example.title} onClick={() => onExample(example)}>
            {example.title}
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
