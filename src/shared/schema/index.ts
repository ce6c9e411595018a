export { type FieldKind, type Fields, foreignKeyFields, indexFields, tableFields } from './fields.ts'
export * from './model.ts'
