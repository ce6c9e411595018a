import { implement } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'
import type { Context } from './context.ts'
import { toContractError } from './errors.ts'

/** The contract with our context; every error leaves as one of the contract's codes. */
export const os = implement(contract)
  .$context<Context>()
  .use(async ({ next, context }) => {
    try {
      return await next()
    } catch (error) {
      throw toContractError(error, context.log)
    }
  })
