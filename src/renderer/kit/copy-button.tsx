import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, IconButton } from './button.tsx'

export interface CopyButtonProps {
  readonly text: string | (() => string)
  /** What is copied: "Copy statement". */
  readonly label: string
  /** Show the label beside the icon. */
  readonly wide?: boolean
}

type Outcome = 'copied' | 'failed' | undefined

/** Copies and says so for a moment. */
export function CopyButton({ text, label, wide = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>()
  useEffect(() => {
    if (outcome === undefined) return undefined
    const timer = setTimeout(() => setOutcome(undefined), 1_600)
    return () => clearTimeout(timer)
  }, [outcome])

  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    )
  }
  const words = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Could not copy' : label
  const icon = outcome === 'copied' ? Check : Copy
  return (
    <>
      {wide ? (
        <Button icon={icon} onClick={copy}>
          {words}
        </Button>
      ) : (
        <IconButton icon={icon} label={words} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {outcome === undefined ? '' : words}
      </span>
    </>
  )
}
