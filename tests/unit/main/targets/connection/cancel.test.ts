import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { sendCancel } from '#main/targets/connection/cancel.ts'

it('a cancel request stays on the line until the server hangs up, since a pooler drops those who left', async () => {
  const server = createServer({ allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    let isDone = false
    const arrived = once(server, 'connection') as Promise<[Socket]>
    const key = { processId: 7, secretKey: -9 }
    const sent = sendCancel({ kind: 'tcp', host: '127.0.0.1', port }, undefined, key).finally(() => {
      isDone = true
    })
    const [socket] = await arrived
    const [message] = (await once(socket, 'data')) as [Buffer]
    expect([message.length, message.readInt32BE(4), message.readInt32BE(8), message.readInt32BE(12)]).toEqual(
      [16, 80_877_102, 7, -9],
    )
    let hasLeft = false
    socket.on('end', () => {
      hasLeft = true
    })
    socket.resume()
    // A second connection is a round trip: time enough for a goodbye on the first to arrive.
    const other = connect(port, '127.0.0.1')
    await Promise.all([once(server, 'connection'), once(other, 'connect')])
    other.destroy()
    expect({ hasLeft, isDone }).toEqual({ hasLeft: false, isDone: false })
    socket.end()
    await sent
  } finally {
    server.close()
  }
})
