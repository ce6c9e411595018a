import { ipcRenderer } from 'electron'

/**
 * The one bridge between a page and the main process: it fetches a port to the contract when the page asks for one,
 * and passes on commands from the menu. It exposes nothing else; both sides speak by messages to their own window.
 */
const target = location.origin === 'null' ? '*' : location.origin

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === window && typeOf(event.data) === 'barograph-want-port') {
    ipcRenderer.postMessage('barograph:want-port', null)
  }
})

ipcRenderer.on('barograph:port', (event) => {
  window.postMessage({ type: 'barograph-port' }, target, [...event.ports])
})

ipcRenderer.on('barograph:command', (_event, id: unknown) => {
  window.postMessage({ type: 'barograph-command', id }, target)
})

function typeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined
}
