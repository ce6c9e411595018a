import { Boundary } from './boundary.tsx'
import { CapabilitiesDialog } from './capabilities-dialog.tsx'
import { ConnectDialog } from './connect/connect-dialog.tsx'
import { closeDialog, useDialog } from './dialogs.ts'
import { DialogFailure } from './failures.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { Palette } from './palette.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { NewSessionDialog } from './session/new-session-dialog.tsx'
import { OpenSessionDialog } from './session/open-session-dialog.tsx'

const whenClosed = (open: boolean) => {
  if (!open) closeDialog()
}

/** The frame's dialog, if one is open. */
export function FrameDialogs() {
  const kind = useDialog((store) => store.dialog?.kind)
  return (
    <Boundary key={kind} title="The dialog" instead={DialogFailure}>
      <OpenDialog />
    </Boundary>
  )
}

function OpenDialog() {
  const dialog = useDialog((store) => store.dialog)
  const common = { open: true, onOpenChange: whenClosed }
  switch (dialog?.kind) {
    case undefined:
      return null
    case 'palette':
      return <Palette {...common} />
    case 'keys':
      return <KeysDialog {...common} />
    case 'connect':
      return <ConnectDialog {...common} target={dialog.target} />
    case 'password':
      return <PasswordDialog {...common} input={dialog.input} name={dialog.name} />
    case 'capabilities':
      return <CapabilitiesDialog {...common} />
    case 'open-session':
      return <OpenSessionDialog {...common} />
    case 'new-session':
      return <NewSessionDialog {...common} />
  }
}
