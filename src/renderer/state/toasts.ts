import { create } from 'zustand'
import { describeError } from '#renderer/client/index.ts'

export interface Notice {
  readonly id: string
  readonly tone: 'neutral' | 'info' | 'ok' | 'warn' | 'bad'
  readonly title: string
  readonly text?: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface NoticeStore {
  readonly notices: readonly Notice[]
}

export const useNotices = create<NoticeStore>(() => ({ notices: [] }))

const most = 4
let count = 0

/** Short news in the corner; read out by screen readers. */
export function notify(notice: Omit<Notice, 'id'>): void {
  count += 1
  const id = String(count)
  // The same news again is one: it stands longer, not twice.
  const isSame = ({ title, text }: Notice) => title === notice.title && text === notice.text
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((before) => !isSame(before)), { ...notice, id }].slice(-most),
  }))
}

/** Tells of a failed call in words. */
export function notifyError(error: unknown): void {
  const { title, message, advice } = describeError(error)
  notify({ tone: 'bad', title, text: [message, advice].filter((part) => part !== '').join(' ') })
}

export function dismissNotice(id: string): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}
