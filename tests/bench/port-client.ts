// A thread that plays the window: it asks over its port and answers how long that took.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { measureRoundTrips } from './round-trips.ts'

const port = workerData as MessagePort
const link = new RPCLink({ port })
port.start()
parentPort?.postMessage(await measureRoundTrips(createORPCClient(link)), [])
