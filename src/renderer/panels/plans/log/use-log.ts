import { useEffect, useState } from 'react'
import type { LogNews } from './log-news.ts'

/** What was read of a log is kept as long as its file is: going back to it takes no second reading. */
const read = new WeakMap<File, LogNews>()
const reading: LogNews = { kind: 'progress', bytes: 0, lines: 0 }

/** Reads a log in a thread of its own, once; the reading stops with the component. */
export function useLog(file: File): LogNews {
  const [news, setNews] = useState<LogNews>(read.get(file) ?? reading)
  useEffect(() => {
    if (read.has(file)) return undefined
    const worker = new Worker(new URL('./log-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<LogNews>) => {
      if (data.kind === 'done') read.set(file, data)
      setNews(data)
    })
    worker.addEventListener('error', ({ message }) => setNews({ kind: 'failed', message }))
    worker.postMessage(file, [])
    return () => worker.terminate()
  }, [file])
  return news
}
