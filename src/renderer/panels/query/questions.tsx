import { Button, Dialog } from '#renderer/kit/index.ts'
import type { QueryOptions } from './options.ts'
import { describeMode } from './outcome.ts'
import { closeQuestion, inBackground, type Question, runAfterQuestion, useQuestion } from './run-actions.ts'

interface Wording {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** Absent where there is nothing to go ahead with. */
  readonly action?: string
}

function wordQuestion(question: Question): Wording {
  const kind = question.choice.facts?.kind ?? 'This statement'
  switch (question.kind) {
    case 'outside-transaction':
      return {
        title: `${kind} can’t run inside a transaction`,
        paragraphs: [
          question.reason,
          'Run outside a transaction it takes effect at once: nothing is rolled back, and if it is cancelled or fails half-way, what it did until then may stay (an index marked invalid, say).',
        ],
        action: 'Run outside a transaction',
      }
    case 'not-explainable':
      return {
        title: `There is no plan for ${kind}`,
        paragraphs: [
          `“${describeMode(question.mode)}” asks the server for a plan, and EXPLAIN does not take ${kind}. It can be run, with its waits and locks sampled as usual.`,
        ],
        action: 'Run it',
      }
    case 'refused':
      return {
        title: `The workbench does not run this ${question.choice.facts?.kind ?? 'statement'}`,
        paragraphs: [question.reason],
      }
  }
}

/** What has to be said before a statement is sent. */
export function Questions({ options }: { readonly options: QueryOptions }) {
  const question = useQuestion((state) => state.question)
  if (!question) return null
  const { title, paragraphs, action } = wordQuestion(question)
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) closeQuestion()
      }}
      title={title}
      width="narrow"
      footer={
        action === undefined ? (
          <Button variant="primary" onClick={closeQuestion}>
            Understood
          </Button>
        ) : (
          <>
            <Button onClick={closeQuestion}>Don’t run it</Button>
            <Button variant="primary" onClick={() => inBackground(runAfterQuestion(question, options))}>
              {action}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-2 text-ink-2">
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <pre className="max-h-32 overflow-auto rounded-md bg-surface-0 px-2.5 py-2 font-mono text-sm whitespace-pre-wrap text-ink select-text">
          {question.choice.text.slice(0, 2_000)}
        </pre>
      </div>
    </Dialog>
  )
}
