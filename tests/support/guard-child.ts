// A process that starts a server under the given guard, prints the server's pid and stays until it is killed.
import {
  findBinaries,
  findFreePort,
  findServerUser,
  type Guard,
  makeUsable,
  startEmbeddedServer,
} from '#main/demo/server/index.ts'

const [guard, dataFolder = ''] = process.argv.slice(2)
const user = findServerUser()
const server = await startEmbeddedServer({
  binaries: await makeUsable(await findBinaries(), user),
  dataFolder,
  user,
  port: await findFreePort(),
  tcp: true,
  socketFolder: undefined,
  guard: guard as Guard,
})
process.stdout.write(`${server.pid}\n`)
setInterval(() => undefined, 60_000)
