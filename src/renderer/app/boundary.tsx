import { Component, type ComponentType, type ReactNode } from 'react'

export interface Failure {
  /** What failed, as people know it. */
  readonly title: string
  readonly error: Error
  readonly tryAgain: () => void
}

interface BoundaryProps {
  readonly title: string
  /** What stands in the place of what failed. */
  readonly instead: ComponentType<Failure>
  readonly children: ReactNode
}

interface BoundaryState {
  readonly error: Error | undefined
}

/** What fails in it takes only itself away: without one, React takes the whole window away. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined }

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown): void {
    // To whoever listens to the window: it is as unexpected as if nobody had caught it.
    reportError(error)
  }

  private readonly tryAgain = () => this.setState({ error: undefined })

  override render(): ReactNode {
    const { title, instead: Instead, children } = this.props
    const { error } = this.state
    if (error === undefined) return children
    return <Instead title={title} error={error} tryAgain={this.tryAgain} />
  }
}
