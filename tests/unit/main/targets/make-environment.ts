import type { Environment } from '#main/targets/index.ts'

/** An environment of plain data: variables, and files by path (a text, or a text with permission bits). */
export function makeEnvironment(
  parts: {
    readonly variables?: Environment['variables']
    readonly files?: Readonly<Record<string, string | { readonly text: string; readonly mode: number }>>
    readonly sockets?: readonly string[]
    readonly platform?: NodeJS.Platform
    readonly userName?: string
  } = {},
): Environment {
  const { files = {}, sockets = [] } = parts
  return {
    variables: parts.variables ?? {},
    homeFolder: '/home/ada',
    userName: parts.userName ?? 'ada',
    platform: parts.platform ?? 'linux',
    readFile(path) {
      const file = files[path]
      if (file === undefined) return { problem: 'missing', detail: 'no such file' }
      return typeof file === 'string' ? { text: file, mode: 0o600 } : file
    },
    exists: (path) => sockets.includes(path) || sockets.some((socket) => socket.startsWith(`${path}/`)),
  }
}
