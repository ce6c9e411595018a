import { oc, type } from '@orpc/contract'
import { type ErrorCode, errorCodes } from '../session/index.ts'

/** What travels with every error: what to try, and further facts for the screen. */
export interface ErrorData {
  readonly advice: string
  readonly facts: Readonly<Record<string, unknown>>
}

type ErrorMap = { readonly [Code in ErrorCode]: { readonly data: ReturnType<typeof type<ErrorData>> } }

/** Every procedure may answer with any of the closed set of codes; nothing else reaches a client. */
const errors = Object.fromEntries(
  errorCodes.map((code) => [code, { data: type<ErrorData>() }]),
) as unknown as ErrorMap

/** Start of every procedure: `base.input(zodSchema).output(type<Answer>())`. Inputs are validated on arrival. */
export const base = oc.errors(errors)
