import { FlaskConical } from 'lucide-react'
import { useId, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { Button, Popover, Switch } from '#renderer/kit/index.ts'
import { notifyError, useCommands, useWorkbench } from '#renderer/state/index.ts'
import type { DemoStory } from '#shared/session/index.ts'
import { stopDemo } from '../actions.ts'
import { BarButton } from './bar-button.tsx'

/** The demo's workload: troubles that can be switched on, to see what they look like. */
export function StoriesPopover() {
  const demo = useWorkbench((store) => store.state?.demo)
  const [open, setOpen] = useState(false)
  useCommands(
    demo?.status !== 'running'
      ? []
      : [
          {
            id: 'demo.workload',
            title: 'Choose a workload for the demo…',
            group: 'Demo',
            run: () => setOpen(true),
          },
          ...demo.stories.map(({ id, title, running }) => ({
            id: `demo.story.${id}`,
            title: `${running ? 'Stop' : 'Start'} the demo’s story “${title}”`,
            group: 'Demo',
            find: 'workload trouble',
            run: () => void setStory(id, !running),
          })),
        ],
  )
  if (demo?.status !== 'running') return null
  const running = demo.stories.filter((story) => story.running).length
  const text = running === 0 ? 'Workload' : `Workload · ${running} on`
  return (
    <Popover
      label="Demo workload"
      open={open}
      onOpenChange={setOpen}
      className="flex w-110 flex-col"
      trigger={
        <BarButton className="shrink-0">
          <FlaskConical size={15} aria-hidden className="text-ink-3" />
          {text}
        </BarButton>
      }
    >
      <div className="border-b border-line px-3 py-2">
        <h2 className="font-semibold">Demo workload</h2>
        <p className="text-sm text-ink-2">Each story gives the demo server a trouble to find.</p>
      </div>
      <ul aria-label="Stories" className="min-h-0 flex-1 overflow-auto">
        {demo.stories.map((story) => (
          <Story key={story.id} story={story} />
        ))}
      </ul>
      <div className="flex items-center gap-3 border-t border-line px-3 py-2">
        <p className="flex-1 text-sm text-ink-3">
          {demo.attached && 'Another workbench runs this server; stories are switched for both.'}
        </p>
        <Button
          onClick={() => {
            setOpen(false)
            stopDemo()
          }}
        >
          Stop the demo server
        </Button>
      </div>
    </Popover>
  )
}

const setStory = (story: DemoStory['id'], running: boolean) =>
  client.demo.setStory({ story, running }).catch(notifyError)

function Story({ story }: { readonly story: DemoStory }) {
  const id = useId()
  const [asked, setAsked] = useState<boolean>()
  // The switch moves at once; the server's state follows within a moment.
  const checked = asked ?? story.running
  const change = (running: boolean) => {
    setAsked(running)
    void setStory(story.id, running).finally(() => setAsked(undefined))
  }
  return (
    <li className="flex items-start gap-3 border-b border-line px-3 py-2 last:border-b-0">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="font-medium">{story.title}</span>
        <span className="block text-sm text-ink-2">{story.description}</span>
        {story.problem !== undefined && (
          <span className="block text-sm text-bad">Stopped: {story.problem}</span>
        )}
      </label>
      <Switch id={id} checked={checked} onChange={change} />
    </li>
  )
}
