export { createStories } from './cast.ts'
