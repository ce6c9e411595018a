import { useEffect, useEffectEvent, useRef, useState } from 'react'
import './sql-editor.css'
import type { MountedEditor } from './mount.ts'
import type { SqlEditorProps } from './types.ts'

type Phase = 'loading' | 'ready' | { readonly failed: string }

/**
 * An editor for SQL. Its text is its own after `initialText`; Monaco arrives after the first paint, and the text is
 * there to read until then.
 */
export function SqlEditor(props: SqlEditorProps) {
  const { label, initialText, problems, current } = props
  const host = useRef<HTMLDivElement>(null)
  const [mounted, setMounted] = useState<MountedEditor>()
  const [phase, setPhase] = useState<Phase>('loading')
  const [first] = useState(initialText)

  // Monaco keeps the callbacks it is given; these always reach the latest ones.
  const onChange = useEffectEvent(props.onChange)
  const onSelect = useEffectEvent(props.onSelect)
  const onEscape = useEffectEvent(props.onEscape)
  const onReady = useEffectEvent(props.onReady)
  const names = useEffectEvent(() => props.catalogue.names())
  const columns = useEffectEvent((...args: Parameters<typeof props.catalogue.columns>) =>
    props.catalogue.columns(...args),
  )
  const format = useEffectEvent(props.format)

  useEffect(() => {
    let gone = false
    let editor: MountedEditor | undefined
    const start = async (): Promise<void> => {
      const { mountEditor } = await import('./mount.ts')
      if (gone || !host.current) return
      editor = mountEditor(host.current, {
        label,
        initialText: first,
        onChange: (text) => onChange(text),
        onSelect: (range) => onSelect(range),
        onEscape: () => onEscape(),
        catalogue: { names: () => names(), columns: (relations) => columns(relations) },
        format: (text) => format(text),
      })
      setMounted(editor)
      setPhase('ready')
      onReady(editor.handle)
    }
    start().catch((error: unknown) => {
      if (!gone) setPhase({ failed: error instanceof Error ? error.message : String(error) })
    })
    return () => {
      gone = true
      editor?.dispose()
      setMounted(undefined)
      onReady(undefined)
    }
  }, [label, first])

  useEffect(() => mounted?.setProblems(problems), [mounted, problems])
  useEffect(() => mounted?.setCurrent(current), [mounted, current])

  return (
    <div className="sql-editor">
      <div ref={host} className="sql-editor-host" />
      {phase !== 'ready' && (
        <pre className="sql-editor-waiting" aria-busy={phase === 'loading'}>
          {typeof phase === 'object' ? `The editor could not be loaded: ${phase.failed}\n\n` : ''}
          {first}
        </pre>
      )}
    </div>
  )
}
