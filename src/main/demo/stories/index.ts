export { createStories, type Stories } from './cast.ts'
