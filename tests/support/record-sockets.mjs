// Loaded into a process by `NODE_OPTIONS=--import=…` (its threads load it too): writes a line for every connection that
// it begins, every name that it looks up and every datagram, to the file that SOCKET_LOG names.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const file = process.env['SOCKET_LOG'] ?? ''
const record = (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`)

// oxlint-disable-next-line typescript/unbound-method -- called with the socket as `this` below
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  // Node's own callers hand over a list that it has put in order already.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object')
    record({ kind: 'connect', path: first.path, host: first.host, port: first.port })
  else if (Number.isNaN(Number(first))) record({ kind: 'connect', path: first })
  else record({ kind: 'connect', host: typeof second === 'string' ? second : undefined, port: Number(first) })
  return connect.apply(this, args)
}

for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner)) {
    const original = owner[name]
    if (typeof original !== 'function' || !/^(lookup|resolve|reverse)/.test(name)) continue
    owner[name] = function (hostname, ...rest) {
      record({ kind: 'lookup', host: String(hostname) })
      return original.call(this, hostname, ...rest)
    }
  }
}

// oxlint-disable-next-line typescript/unbound-method -- called with the socket as `this` below
const send = dgram.Socket.prototype.send
dgram.Socket.prototype.send = function (...args) {
  record({ kind: 'datagram', host: args.find((arg) => typeof arg === 'string') })
  return send.apply(this, args)
}

syncBuiltinESMExports()
record({ kind: 'watching' })
