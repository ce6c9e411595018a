import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton, Menu, MenuChoice } from '#renderer/kit/index.ts'
import { type ThemeChoice, useThemeChoice } from '#renderer/state/index.ts'

const options = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'light', label: 'Light', icon: Sun },
] as const satisfies readonly { value: ThemeChoice; label: string; icon: unknown }[]

export function ThemeMenu() {
  const [theme, setTheme] = useThemeChoice()
  const icon = options.find((option) => option.value === theme)?.icon ?? Monitor
  return (
    <Menu label="Theme" align="end" trigger={<IconButton label="Theme" icon={icon} />}>
      <MenuChoice value={theme} options={options} onChange={setTheme} />
    </Menu>
  )
}
