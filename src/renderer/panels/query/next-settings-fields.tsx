import { Plus, X } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button, Input } from '#renderer/kit/index.ts'
import { refuseRunSettings, runSettingNames } from '#shared/session/index.ts'
import { addNextSetting, describeSetting, removeNextSetting, useNextSettings } from './next-settings.ts'

/** Server settings that hold for the next run alone: what is set, and a line to set one more. */
export function NextSettingsFields() {
  const settings = useNextSettings((state) => state.settings)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const names = useId()
  const known = name.trim()
  const problem = known === '' ? undefined : refuseRunSettings([{ name: known, value: '' }])
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (known === '' || value.trim() === '' || problem !== undefined) return
    addNextSetting({ name: known, value: value.trim() })
    setName('')
    setValue('')
  }
  return (
    <>
      {settings.length > 0 && (
        <ul aria-label="Settings for the next run" className="flex flex-wrap gap-1.5">
          {settings.map((setting) => (
            <li
              key={setting.name}
              className="flex items-center gap-1 rounded-md border border-line-strong bg-surface-0 pl-2 font-mono text-sm"
            >
              {describeSetting(setting)} <span className="font-sans text-ink-3">for the next run</span>
              <button
                type="button"
                aria-label={`Remove ${describeSetting(setting)}`}
                className="rounded-md p-1 text-ink-3 hover:bg-surface-3 hover:text-ink"
                onClick={() => removeNextSetting(setting.name)}
              >
                <X size={13} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex items-center gap-2">
        <Input
          aria-label="Name of the setting"
          placeholder="work_mem"
          list={names}
          mono
          value={name}
          onChange={setName}
          invalid={problem !== undefined && !runSettingNames.some((one) => one.startsWith(known))}
          className="flex-1"
        />
        <datalist id={names}>
          {runSettingNames.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <span aria-hidden="true">=</span>
        <Input
          aria-label="Value of the setting"
          placeholder="64MB"
          mono
          value={value}
          onChange={setValue}
          className="w-28"
        />
        <Button
          type="submit"
          icon={Plus}
          disabled={known === '' || value.trim() === '' || problem !== undefined}
        >
          Set
        </Button>
      </form>
    </>
  )
}
