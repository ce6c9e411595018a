import './theme/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/index.ts'
import { applyTheme } from './theme/index.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// Until the preferences are read.
applyTheme('system')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
