// Runs in the page before anything else: what a preload script may use, on top of one binding to the main process.
globalThis.standIn = (() => {
  const listeners = new Map()
  const ports = new Map()
  const call = (...args) => globalThis.standInCall(...args)

  /** The end of a port that main moved here. */
  const adopt = (id) => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.addEventListener('message', ({ data }) => void call('port', id, data))
    port1.addEventListener('close', () => void call('closePort', id))
    port1.start()
    return port2
  }

  const ipcRenderer = {
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    },
    postMessage: (channel, message) => void call('message', channel, structuredClone(message)),
  }

  return {
    emit(channel, args, portIds) {
      const event = { ports: portIds.map(adopt) }
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args)
    },
    deliver: (id, data) => ports.get(id)?.postMessage(data),
    closePort(id) {
      ports.get(id)?.close()
      ports.delete(id)
    },
    /** A sandboxed preload script can require `electron` and next to nothing else. */
    runPreload(preload) {
      const require = (name) => {
        if (name === 'electron') return { ipcRenderer }
        throw new Error(`module not found: ${name}`)
      }
      const module = { exports: {} }
      preload(require, module, module.exports)
    },
  }
})()
