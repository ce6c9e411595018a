import ELK from 'elkjs/lib/elk-api.js'
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { type Links, nodeHeight, nodeWidth, type Places } from './place-nodes.ts'

export interface GraphShape {
  readonly nodes: readonly string[]
  readonly links: Links
}

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '110',
  'elk.spacing.nodeNode': '16',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}

let elk: InstanceType<typeof ELK> | undefined

const engine = () => (elk ??= new ELK({ workerFactory: () => new Worker(elkWorkerUrl) }))

/** Reads and readies what lays graphs out, before there is one to lay out. */
export async function warmLayout(): Promise<void> {
  await engine().layout({ id: 'root', layoutOptions, children: [], edges: [] })
}

/** Lays a graph out beside the screen's thread: roots on the left, who waits for them to the right. */
export async function requestLayout({ nodes, links }: GraphShape): Promise<Places> {
  const laidOut = await engine().layout({
    id: 'root',
    layoutOptions,
    children: nodes.map((id) => ({ id, width: nodeWidth, height: nodeHeight })),
    edges: links.map(([from, to]) => ({ id: `${from} ${to}`, sources: [from], targets: [to] })),
  })
  return new Map((laidOut.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]))
}
