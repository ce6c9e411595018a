import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { contentSecurityPolicy } from '#main/hosts/common/index.ts'

/** Our own scheme: pages get an origin of their own, which `file:` can't give them, and no path of the disk shows. */
export const scheme = 'app'
export const appOrigin = `${scheme}://barograph`

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** The file that an address of ours stands for; `undefined` for anything outside of `folder`. */
export function resolveAsset(folder: string, address: string): string | undefined {
  const url = new URL(address)
  if (`${url.protocol}//${url.host}` !== appOrigin) return undefined
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0')) return undefined
  const root = normalize(folder + sep)
  const file = normalize(join(root, path === '/' ? 'index.html' : path))
  return file.startsWith(root) && extname(file) in contentTypes ? file : undefined
}

/** Answers requests for the built renderer, under the policy of every window. */
export function serveApp(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = request.method === 'GET' ? resolveAsset(folder, request.url) : undefined
    const content = file === undefined ? undefined : await readFile(file).catch(() => undefined)
    if (file === undefined || content === undefined) return new Response('not found', { status: 404 })
    return new Response(new Uint8Array(content), {
      headers: {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(),
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    })
  }
}
