import { checkStatements, formatStatement } from '#main/profiler/index.ts'
import { os } from '../implementer.ts'

export const statements = os.statements.router({
  check: os.statements.check.handler(({ input }) => checkStatements(input.text)),
  format: os.statements.format.handler(async ({ input }) => ({ text: await formatStatement(input.text) })),
  parameterTypes: os.statements.parameterTypes.handler(({ input, context }) =>
    context.profiler.parameterTypes(input.statement),
  ),
})
