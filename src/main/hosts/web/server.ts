import { once } from 'node:events'
import { extname } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyReply } from 'fastify'
import { contentSecurityPolicy } from '#main/hosts/common/index.ts'
import type { Workbench } from '#main/router/index.ts'
import { type Access, createAccess } from './access.ts'
import { serveContract } from './contract-socket.ts'
import { type Refusal, refusals } from './refusals.ts'

export interface WebServer {
  /** Without a token: for messages. */
  readonly origin: string
  readonly access: Access
  close(): Promise<void>
}

/** How long windows get to say goodbye before their connections are cut. */
const goodbyeMs = 500

/**
 * Serves the built renderer and the contract on loopback.
 *
 * @param port 0 = any free one
 * @throws the listener's error (`EADDRINUSE` …)
 */
export async function startWebServer(
  workbench: Pick<Workbench, 'router' | 'context'>,
  options: { readonly rendererFolder: string; readonly port: number },
): Promise<WebServer> {
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 1_024,
    // No route has a schema: what would compile them is a twelfth of all that this host loads.
    schemaController: {
      compilersFactory: { buildValidator: compileNothing, buildSerializer: compileNothing },
    },
  })
  let guard: { readonly access: Access; readonly port: number } | undefined

  app.addHook('onRequest', async (request, reply) => {
    // Nobody is answered before the port, and with it the rightful hosts, are known.
    if (guard === undefined) return reply.code(503).send()
    setSecurityHeaders(reply, guard.port)
    const verdict = guard.access.judge(request.headers, 'request')
    if (verdict === 'wrong-host' || verdict === 'wrong-origin') return refuse(reply, refusals[verdict])
    const { token } = request.query as { readonly token?: unknown }
    if (request.method === 'GET' && typeof token === 'string') {
      if (!guard.access.admits(token)) return refuse(reply, refusals['no-key'])
      // The key goes from the address to a cookie, so that no history and no copied address holds it.
      return reply.header('set-cookie', guard.access.setCookie).redirect('/', 303)
    }
    if (verdict !== 'allowed') return refuse(reply, refusals[verdict])
    return undefined
  })

  // One route per file that was built: a path that is not on the list does not exist.
  await app.register(fastifyStatic, {
    root: options.rendererFolder,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      // Names of assets carry a hash of their content; the page that names them is asked for anew.
      const isPage = extname(path) === '.html'
      reply.header('cache-control', isPage ? 'no-store' : 'private, max-age=31536000, immutable')
    },
  })
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, { status: 404, text: 'There is nothing at this address.\n' }),
  )

  await app.listen({ host: '127.0.0.1', port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const access = createAccess(port)
  guard = { access, port }
  const closeSockets = serveContract(app.server, access, workbench)

  return {
    origin: `http://127.0.0.1:${port}`,
    access,
    async close() {
      closeSockets()
      const closed = once(app.server, 'close')
      const cut = setTimeout(() => app.server.closeAllConnections(), goodbyeMs)
      await Promise.all([app.close(), closed])
      clearTimeout(cut)
    },
  }
}

function compileNothing(): never {
  throw new Error('a route of the web host has a schema; none is meant to')
}

function setSecurityHeaders(reply: FastifyReply, port: number): void {
  reply.headers({
    'content-security-policy': contentSecurityPolicy(`ws://127.0.0.1:${port} ws://localhost:${port}`),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  })
}

function refuse(reply: FastifyReply, { status, text }: Refusal): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(text)
}
