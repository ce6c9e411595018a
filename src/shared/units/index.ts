export * from './format.ts'
export type * from './quantities.ts'
