import { FilePlus2, FolderOpen, Notebook } from 'lucide-react'
import { useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { Badge, Menu, MenuItem, MenuLabel, MenuSeparator } from '#renderer/kit/index.ts'
import { notifyError, useSession } from '#renderer/state/index.ts'
import type { SessionInfo } from '#shared/session/index.ts'
import { openDialog } from '../dialogs.ts'
import { describeHoldingsBriefly } from '../session/describe-holdings.ts'
import { openSession } from '../session/session-actions.ts'
import { BarButton } from './bar-button.tsx'

const mostRecent = 6

/** Names that the workbench gave begin alike: where room is short, what tells them apart is seen. */
function SessionName({ name }: { readonly name: string }) {
  const [, given] = /^Session of (.+)$/.exec(name) ?? []
  if (given === undefined) return name
  return (
    <>
      <span className="max-xl:sr-only">Session of </span>
      {given}
    </>
  )
}

/** The session that everything on screen is a view of. */
export function SessionMenu() {
  const session = useSession((store) => store.session)
  const [recent, setRecent] = useState<readonly SessionInfo[]>([])
  if (session === undefined) return null
  const others = recent.filter((other) => other.path !== session.path).slice(0, mostRecent)
  const readRecent = () => {
    client.session.list().then(setRecent, notifyError)
  }
  return (
    <Menu
      label="Session"
      className="w-80"
      onOpen={readRecent}
      trigger={
        <BarButton className="shrink">
          <span className="sr-only">Session:</span>
          <Notebook size={15} aria-hidden className="shrink-0 text-ink-3" />
          <span className="truncate" title={session.name}>
            <SessionName name={session.name} />
          </span>
          {session.readOnly && <Badge>read-only</Badge>}
        </BarButton>
      }
    >
      <MenuItem icon={FilePlus2} onSelect={() => openDialog({ kind: 'new-session' })}>
        New session…
      </MenuItem>
      <MenuItem icon={FolderOpen} keys="mod+o" onSelect={() => openDialog({ kind: 'open-session' })}>
        Open session…
      </MenuItem>
      {others.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Recent</MenuLabel>
        </>
      )}
      {others.map((other) => (
        <MenuItem
          key={other.path}
          icon={Notebook}
          detail={other.remark === undefined ? describeHoldingsBriefly(other) : 'can’t be read'}
          onSelect={() => void openSession(other.path).catch(notifyError)}
        >
          {other.name}
        </MenuItem>
      ))}
    </Menu>
  )
}
