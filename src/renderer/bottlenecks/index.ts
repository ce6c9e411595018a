export { BottleneckLines } from './bottleneck-lines.tsx'
