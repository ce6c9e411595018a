// A process that owns a demo server, to be killed: prints each new state as a line of JSON and stays.
import { createDemo } from '#main/demo/index.ts'

const [demoFolder = '', scale = '1'] = process.argv.slice(2)
let last = ''
const demo = createDemo({
  dataFolder: demoFolder,
  demoFolder,
  scale: Number(scale),
  onChange: () => {
    const state = demo.state()
    const line = JSON.stringify({ status: state.status, step: 'step' in state ? state.step : undefined })
    if (line !== last) process.stdout.write(`${line}\n`)
    last = line
  },
})
process.once('SIGINT', () => void demo.close().then(() => process.exit(0)))
await demo.start()
setInterval(() => undefined, 60_000)
