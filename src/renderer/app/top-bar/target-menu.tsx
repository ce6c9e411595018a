import { Database, FlaskConical, History, Plug, PlugZap, Unplug } from 'lucide-react'
import { classes, Dot, Menu, MenuItem, MenuLabel, MenuSeparator } from '#renderer/kit/index.ts'
import { useConnection, useRecentTargets, useTargets } from '#renderer/state/index.ts'
import { disconnect, startDemo, switchTo, switchToSaved } from '../actions.ts'
import { describeSettings } from '../connect/describe-settings.ts'
import { openDialog } from '../dialogs.ts'
import { useConnectionWords } from '../use-connection-words.ts'
import { BarButton } from './bar-button.tsx'

/** Which server is watched, and the others that could be. */
export function TargetMenu() {
  const connection = useConnection()
  const words = useConnectionWords()
  const saved = useTargets((store) => store.saved) ?? []
  const recent = useRecentTargets()
  const isDemo = connection.status === 'connected' && connection.isDemo
  const isCurrent = (name: string) =>
    connection.status === 'connected' && !connection.isDemo && connection.name === name

  return (
    <Menu
      label="Target"
      className="w-80"
      trigger={
        <BarButton className="min-w-26 shrink">
          <span className="sr-only">Target:</span>
          <Dot tone={words.tone} />
          <span className="max-w-60 min-w-12 truncate font-semibold">{words.name}</span>
          <span
            className={classes('shrink-[9] truncate text-ink-2', words.tone === 'ok' && 'max-xl:sr-only')}
          >
            {words.detail}
          </span>
        </BarButton>
      }
    >
      <MenuItem
        icon={FlaskConical}
        detail="built in, nothing to set up"
        checked={isDemo}
        onSelect={startDemo}
      >
        Demo server
      </MenuItem>
      {saved.length > 0 && <MenuLabel>Saved</MenuLabel>}
      {saved.map((target) => (
        <MenuItem
          key={target.targetId}
          icon={Database}
          detail={describeSettings(target.settings)}
          checked={isCurrent(target.name)}
          onSelect={() => switchToSaved(target)}
        >
          {target.name}
        </MenuItem>
      ))}
      {recent.length > 0 && <MenuLabel>Recent</MenuLabel>}
      {recent.map(({ name, settings }) => (
        <MenuItem
          key={JSON.stringify(settings)}
          icon={History}
          detail={describeSettings(settings)}
          checked={isCurrent(name)}
          onSelect={() => void switchTo({ name, settings })}
        >
          {name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={PlugZap} onSelect={() => openDialog({ kind: 'connect' })}>
        Connect to…
      </MenuItem>
      {connection.status === 'connected' && (
        <MenuItem icon={Plug} onSelect={() => openDialog({ kind: 'capabilities' })}>
          What this server offers…
        </MenuItem>
      )}
      <MenuItem icon={Unplug} disabled={connection.status === 'disconnected'} onSelect={disconnect}>
        Disconnect
      </MenuItem>
    </Menu>
  )
}
