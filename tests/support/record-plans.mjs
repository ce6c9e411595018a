// `node tests/support/record-plans.mjs`: records the plan fixtures. The recorder's imports (SQL as text) need vite.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('./plan-recorder.ts', import.meta.url)))
await module.recordPlans()
