import { useState } from 'react'
import { client, describeError } from '#renderer/client/index.ts'
import { connectTo, loadTargets, useWorkbench } from '#renderer/state/index.ts'
import type { ConnectionTest } from '#shared/contract/index.ts'
import type { ConnectionDiagnosis, SavedTarget, TargetSettings } from '#shared/session/index.ts'
import { readDiagnosis } from '../diagnosis-note.tsx'
import { type Action, useAction } from '../use-action.ts'
import {
  type Draft,
  type DraftField,
  type DraftProblems,
  draftOf,
  emptyDraft,
  fieldsOf,
  readDraft,
  saysUrl,
  withSettings,
} from './draft.ts'

export interface ConnectForm {
  readonly draft: Draft
  readonly problems: DraftProblems
  readonly test: ConnectionTest | undefined
  readonly change: (part: Partial<Draft>) => void
  readonly load: (target: SavedTarget | undefined) => void
  readonly tryOut: Action<[]>
  readonly save: Action<[]>
  readonly connect: Action<[]>
  readonly busy: boolean
}

interface Read {
  readonly settings: TargetSettings
  readonly password: string | undefined
}

/** The connect form's state and what its buttons do. The password lives here until the dialog closes, nowhere else. */
export function useConnectForm(initial: SavedTarget | undefined, onConnected: () => void): ConnectForm {
  const keepsSecrets = useWorkbench((store) => store.info?.keepsSecrets ?? false)
  const [draft, setDraft] = useState<Draft>(() => (initial === undefined ? emptyDraft : draftOf(initial)))
  const [problems, setProblems] = useState<DraftProblems>({})
  const [test, setTest] = useState<ConnectionTest>()

  /** The settings as they stand; `undefined` after pointing at what is wrong with them. */
  const read = async (signal: AbortSignal): Promise<Read | undefined> => {
    const typed = draft.password === '' ? undefined : draft.password
    if (draft.way === 'url') {
      if (!saysUrl(draft)) return refuse({ url: 'Paste a URL, or key=value pairs.' })
      const url = draft.url.trim()
      try {
        const { settings, password } = await client.targets.parseUrl({ url }, { signal })
        return { settings, password: typed ?? password }
      } catch (error) {
        // It is about the text, so it is told below the text.
        const { code, message } = describeError(error)
        if (code === 'INPUT_INVALID') return refuse({ url: message })
        throw error
      }
    }
    const answer = readDraft(draft)
    return answer.ok ? { settings: answer.settings, password: typed } : refuse(answer.problems)
  }
  const refuse = (found: DraftProblems) => {
    setProblems(found)
    return undefined
  }
  /** Marks the fields; the words are in the outcome below them. */
  const pointAt = (diagnosis: ConnectionDiagnosis) => {
    const fields = fieldsOf(diagnosis, draft.way)
    setProblems(Object.fromEntries(fields.map((field: DraftField) => [field, ''])))
  }
  const identity = draft.targetId === undefined ? {} : { targetId: draft.targetId }

  const tryOut = useAction(async (signal) => {
    const settings = await read(signal)
    if (settings === undefined) return
    const answer = await client.targets.test({ ...identity, ...withoutEmpty(settings) }, { signal })
    setTest(answer)
    if (!answer.ok) pointAt(answer.diagnosis)
  })

  const save = useAction(async (signal) => {
    if (draft.name.trim() === '') {
      refuse({ name: 'Give it a name to find it by.' })
      return
    }
    const answer = await read(signal)
    if (answer === undefined) return
    const saved = await client.targets.save(
      {
        ...identity,
        name: draft.name.trim(),
        settings: answer.settings,
        ...secretToKeep(keepsSecrets, draft.remember, answer.password),
      },
      { signal },
    )
    await loadTargets()
    setDraft((now) => ({
      ...withSettings({ ...now, targetId: saved.targetId, name: saved.name }, saved.settings),
      way: now.way === 'url' ? 'fields' : now.way,
      remember: saved.hasSecret,
    }))
  })

  const connect = useAction(async (signal) => {
    const answer = await read(signal)
    if (answer === undefined) return
    const name = draft.name.trim()
    try {
      await connectTo(
        { ...identity, ...(name === '' ? {} : { name }), settings: answer.settings },
        answer.password,
        signal,
      )
    } catch (error) {
      const diagnosis = readDiagnosis(describeError(error).facts['diagnosis'])
      if (diagnosis !== undefined) pointAt(diagnosis)
      throw error
    }
    onConnected()
  })

  const clear = () => {
    setProblems({})
    setTest(undefined)
    for (const action of [tryOut, save, connect]) action.clear()
  }

  return {
    draft,
    problems,
    test,
    change(part) {
      clear()
      setDraft((now) => ({ ...now, ...part }))
    },
    load(target) {
      clear()
      setDraft(target === undefined ? emptyDraft : draftOf(target))
    },
    tryOut,
    save,
    connect,
    busy: tryOut.busy || save.busy || connect.busy,
  }
}

function withoutEmpty({ settings, password }: Read) {
  return { settings, ...(password === undefined ? {} : { password }) }
}

/** `null` forgets the password that was kept; absent leaves it as it is. */
function secretToKeep(keepsSecrets: boolean, remember: boolean, password: string | undefined) {
  if (!keepsSecrets) return {}
  if (!remember) return { password: null }
  return password === undefined ? {} : { password }
}
