import { type Layout, type LayoutInput, layoutTree } from './layout-tree.ts'

/** Below this many items a layout takes less time than asking a worker for it. */
export const mostAtOnce = 2_000

interface Reply {
  readonly request: number
  readonly layout: Layout
}

let worker: Worker | undefined
let requests = 0
const waiting = new Map<number, { readonly input: LayoutInput; readonly done: (layout: Layout) => void }>()

/** One worker serves all graphs; where it can't be had, or fails, the layout is made here. */
function ensureWorker(): Worker | undefined {
  if (worker !== undefined) return worker
  try {
    worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    return undefined
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    waiting.get(data.request)?.done(data.layout)
    waiting.delete(data.request)
  })
  worker.addEventListener('error', () => {
    worker?.terminate()
    worker = undefined
    for (const [request, { input, done }] of waiting) {
      waiting.delete(request)
      done(layoutTree(input))
    }
  })
  return worker
}

/**
 * Lays out a large graph beside the screen's thread.
 * @returns forgets the request: `done` is not called any more
 */
export function requestLayout(input: LayoutInput, done: (layout: Layout) => void): () => void {
  const server = ensureWorker()
  if (server === undefined) {
    done(layoutTree(input))
    return () => {}
  }
  requests += 1
  const request = requests
  waiting.set(request, { input, done })
  server.postMessage({ ...input, request }, [])
  return () => waiting.delete(request)
}
