import { useEffect } from 'react'
import { create } from 'zustand'
import { client } from '#renderer/client/index.ts'
import { useServer } from '#renderer/state/index.ts'
import type { RunParameter } from '#shared/session/index.ts'
import {
  createParameterMemory,
  fitParameters,
  fromRunParameters,
  type ParameterValue,
  toRunParameters,
} from './parameters.ts'
import type { ChosenStatement } from './statement-choice.ts'

interface ParameterState {
  /** The statement that the values belong to, and where it starts in the editor. */
  readonly statement: string
  readonly start: number
  readonly values: readonly ParameterValue[]
  readonly types: { readonly statement: string; readonly names: readonly string[] } | undefined
}

const useParameterState = create<ParameterState>(() => ({
  statement: '',
  start: 0,
  values: [],
  types: undefined,
}))

const memory = createParameterMemory()
const typesDelayMs = 350

function turnTo(choice: ChosenStatement): void {
  useParameterState.setState((state) => {
    if (state.statement === choice.text) return { start: choice.start }
    // The same place with another text is the same statement being edited: it keeps its values.
    const kept = state.start === choice.start ? state.values : []
    return {
      statement: choice.text,
      start: choice.start,
      values: memory.recall(choice.text) ?? kept,
    }
  })
}

export function setParameter(index: number, value: ParameterValue): void {
  const { statement, values } = useParameterState.getState()
  const next = fitParameters(values, Math.max(values.length, index + 1)).with(index, value)
  memory.remember(statement, next)
  useParameterState.setState({ values: next })
}

/** Takes over the values of an earlier run, for when its statement is put into the editor. */
export function recallParameters(statement: string, parameters: readonly RunParameter[]): void {
  if (parameters.length === 0) return
  memory.remember(statement, fromRunParameters(parameters))
  // Where it is the chosen one already, its fields show them at once.
  useParameterState.setState((state) => ({ values: memory.recall(state.statement) ?? state.values }))
}

export function parametersForRun(choice: ChosenStatement, count: number): readonly RunParameter[] {
  const { statement, values, types } = useParameterState.getState()
  const own = statement === choice.text ? values : (memory.recall(choice.text) ?? [])
  return toRunParameters(
    fitParameters(own, count),
    types?.statement === choice.text ? types.names : undefined,
  )
}

export interface ParameterFields {
  readonly values: readonly ParameterValue[]
  /** As the server derived them; `undefined` until it answered. */
  readonly types: readonly string[] | undefined
}

/** The fields of the chosen statement; none where it has no parameters. */
export function useParameters(choice: ChosenStatement | undefined): ParameterFields {
  const server = useServer()
  const { values, types } = useParameterState()
  const count = choice?.facts?.parameters ?? 0
  const text = choice?.text ?? ''

  useEffect(() => {
    if (choice) turnTo(choice)
  }, [choice])

  useEffect(() => {
    if (count === 0 || server === undefined) return
    const timer = setTimeout(() => {
      client.statements
        .parameterTypes({ statement: text })
        .then((answer) => useParameterState.setState({ types: { statement: text, names: answer.types } }))
        // The server can't tell (a table is missing, say): the run itself will say why.
        .catch(() => {})
    }, typesDelayMs)
    return () => clearTimeout(timer)
  }, [count, text, server])

  return {
    values: fitParameters(values, count),
    types: types?.statement === text ? types.names : undefined,
  }
}
