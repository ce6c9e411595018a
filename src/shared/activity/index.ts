export * from './dimensions.ts'
export { computeLoad, type LoadBucket, rankLoad } from './load.ts'
export * from './model.ts'
