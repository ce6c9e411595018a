import { Component, type ReactNode } from 'react'
import { Button, ErrorNote } from '#renderer/kit/index.ts'

interface PanelBoundaryProps {
  readonly title: string
  readonly children: ReactNode
}

interface PanelState {
  readonly error: Error | undefined
}

/** A panel that fails takes itself away, and nothing else: the frame, the recording and the other panels go on. */
export class PanelBoundary extends Component<PanelBoundaryProps, PanelState> {
  override state: PanelState = { error: undefined }

  static getDerivedStateFromError(error: unknown): PanelState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown): void {
    // To whoever listens to the window: it is as unexpected as if nobody had caught it.
    reportError(error)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div className="mx-auto w-full max-w-150 p-6">
        <ErrorNote
          title={`${this.props.title} stopped: something in it failed unexpectedly`}
          message="Nothing that was recorded is lost, and the other panels go on."
          advice="Try again; if it happens once more, a report with the details helps to mend it."
          details={error.stack ?? error.message}
          actions={<Button onClick={() => this.setState({ error: undefined })}>Try again</Button>}
        />
      </div>
    )
  }
}
