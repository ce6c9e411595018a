import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { CopyButton, DefinitionList, Dialog, EmptyState } from '#renderer/kit/index.ts'
import { useConnection } from '#renderer/state/index.ts'
import type { Capability, ServerFacts } from '#shared/session/index.ts'
import { formatMoment } from './format-moment.ts'

export interface CapabilitiesDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** What the connected server offers to a profiler, and the exact way to what is missing. */
export function CapabilitiesDialog({ open, onOpenChange }: CapabilitiesDialogProps) {
  const connection = useConnection()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="What this server offers"
      description="What is missing takes nothing away but what its line says."
      width="wide"
    >
      {connection.status === 'connected' ? (
        <div className="flex flex-col gap-4">
          <DefinitionList items={serverFacts(connection.server)} />
          <CapabilityList capabilities={connection.capabilities} />
        </div>
      ) : (
        <EmptyState title="No server is connected" />
      )}
    </Dialog>
  )
}

function serverFacts(server: ServerFacts) {
  const address = server.port === undefined ? server.host : `${server.host}:${server.port}`
  return [
    { term: 'server', value: `PostgreSQL ${server.version}${server.isStandby ? ', standby' : ''}` },
    { term: 'address', value: address },
    {
      term: 'database and user',
      value: `${server.database}, ${server.user}${server.isSuperuser ? ' (superuser)' : ''}`,
    },
    {
      term: 'encryption',
      value: server.tls ?? 'none',
      ...(server.tls === undefined ? { tone: 'quiet' as const } : {}),
    },
    { term: 'running since', value: formatMoment(server.startedAtMs) },
  ]
}

const signs = {
  present: { icon: CircleCheck, tone: 'text-ok', word: 'there' },
  partial: { icon: CircleDashed, tone: 'text-warn', word: 'in part' },
  missing: { icon: CircleX, tone: 'text-bad', word: 'missing' },
  extra: { icon: CircleDashed, tone: 'text-ink-3', word: 'not there, and not needed' },
} as const

const order = { missing: 0, partial: 1, present: 2, extra: 3 } as const

const standing = ({ state, isExtra }: Capability): keyof typeof signs =>
  isExtra === true && state !== 'present' ? 'extra' : state

/** What lacks comes first: it is what one came for. */
export function CapabilityList({ capabilities }: { readonly capabilities: readonly Capability[] }) {
  const sorted = [...capabilities].sort((a, b) => order[standing(a)] - order[standing(b)])
  return (
    <ul aria-label="Capabilities" className="divide-y divide-line rounded-md border border-line">
      {sorted.map((capability) => {
        const { icon: Icon, tone, word } = signs[standing(capability)]
        return (
          <li key={capability.id} className="flex gap-2.5 px-3 py-2">
            <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
            <div className="min-w-0 flex-1 select-text">
              <p className="flex items-baseline gap-2">
                <span className="font-medium">{capability.label}</span>
                <span className={`text-sm ${tone}`}>{word}</span>
              </p>
              <p className="text-ink-2">{capability.meaning}</p>
              {capability.state !== 'present' && capability.mend !== undefined && (
                <Mend text={capability.mend} label={capability.label} />
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Mend({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="mt-1.5 flex items-start gap-1 rounded-md bg-surface-0 py-0.5 pr-0.5 pl-2">
      <pre className="min-w-0 flex-1 overflow-auto py-1 font-mono text-sm whitespace-pre-wrap">{text}</pre>
      <CopyButton label={`Copy what mends: ${label}`} text={text} />
    </div>
  )
}
