import { type LayoutInput, layoutTree } from './layout-tree.ts'

/** Lays out large graphs beside the screen's thread; arrays move, they are not copied. */
self.addEventListener('message', ({ data }: MessageEvent<LayoutInput & { readonly request: number }>) => {
  const layout = layoutTree(data)
  self.postMessage(
    { request: data.request, layout },
    { transfer: [layout.x.buffer, layout.y.buffer, layout.widths.buffer, layout.heights.buffer] },
  )
})
