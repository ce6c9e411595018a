export * from './dimensions.ts'
export { addTickToLoad, computeLoad, type LoadBucket, rankLoad } from './load.ts'
export * from './model.ts'
