import { os } from '../implementer.ts'

export const catalogue = os.catalogue.router({
  names: os.catalogue.names.handler(({ input, context }) => context.catalogue.names(input.refresh)),
  columns: os.catalogue.columns.handler(({ input, context }) => context.catalogue.columns(input.relations)),
})
