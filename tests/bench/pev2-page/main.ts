/// <reference lib="dom" />
import { Plan } from 'pev2'
import 'bootstrap/dist/css/bootstrap.css'
import 'pev2/dist/pev2.css'
import { type App, createApp } from 'vue'

declare global {
  interface Window {
    /** Shows a plan in PEV2; the bench's handle. */
    showPlan: (text: string) => void
    closePlan: () => void
  }
}

let app: App | undefined

window.showPlan = (text) => {
  app = createApp(Plan, { planSource: text, planQuery: '' })
  app.mount('#plan')
}
window.closePlan = () => {
  app?.unmount()
  app = undefined
}
