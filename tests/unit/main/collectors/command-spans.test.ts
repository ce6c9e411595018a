import { describe, expect, it } from 'vitest'
import { createCommandSpans } from '#main/collectors/progress/command-spans.ts'
import { type Commander, parseProgress } from '#main/collectors/progress/parse.ts'
import type { TextValue } from '#main/targets/index.ts'

const second = 1_000

const vacuum = (phase: string, done: string, target: TextValue = 'orders'): readonly TextValue[] => [
  'VACUUM',
  '70',
  'shop',
  '16400',
  target,
  phase,
  done,
  '200',
  'index passes',
  '1',
  'dead rows remembered',
  '0',
]
const copy: readonly TextValue[] = [
  'COPY FROM',
  '71',
  'shop',
  '16400',
  'orders',
  'file',
  '10',
  '0',
  null,
  null,
]

const byHand: Commander = { isAutovacuum: false, user: 'anna', beganAtMs: 900 }
const byItself: Commander = { isAutovacuum: true, beganAtMs: 900 }

/** Looks a second apart, the first at 1000; one line a mark. */
function tell(looks: readonly (readonly (readonly TextValue[])[])[], commander: Commander = byHand) {
  const spans = createCommandSpans()
  const marks: string[] = []
  const gauges: string[] = []
  looks.forEach((rows, index) => {
    const commands = parseProgress(rows)
    const commanders = new Map(spans.unknownPids(commands).map((pid) => [pid, commander]))
    const seen = spans.see(commands, (index + 1) * second, commanders)
    marks.push(
      ...seen.markers.map(
        ({ kind, label, atMs, endedAtMs = '' }) => `${kind}, ${label}: ${atMs}–${endedAtMs}`,
      ),
    )
    gauges.push(...seen.gauges.map(({ metric, labels = [], value }) => [metric, ...labels, value].join(', ')))
  })
  return { marks, gauges }
}

describe('spans of maintenance', () => {
  it('are told once they are seen twice, and again with their end', () => {
    const scanning = vacuum('scanning heap', '20')
    expect(tell([[], [scanning], [scanning], [scanning], []]).marks).toEqual([
      'vacuum, VACUUM of orders: 1000–',
      'vacuum, VACUUM of orders: 1000–5000',
    ])
  })

  it('are told with their end alone where they were seen once, a COPY not at all', () => {
    expect(tell([[], [vacuum('scanning heap', '20'), copy], []]).marks).toEqual([
      'vacuum, VACUUM of orders: 1000–3000',
    ])
    expect(tell([[], [copy], [copy], []]).marks).toEqual([
      'copy, COPY FROM of orders: 1000–',
      'copy, COPY FROM of orders: 1000–4000',
    ])
  })

  it('begin where the command did, if nobody looked before', () => {
    expect(tell([[vacuum('scanning heap', '20')], []]).marks).toEqual(['vacuum, VACUUM of orders: 900–2000'])
  })

  it('tell autovacuum’s from a person’s', () => {
    expect(tell([[vacuum('scanning heap', '20')], []], byItself).marks).toEqual([
      'autovacuum, Autovacuum of orders: 900–2000',
    ])
  })

  it('end with the table where one statement is about many', () => {
    expect(
      tell([[vacuum('scanning heap', '20')], [vacuum('scanning heap', '1', 'lines')], []]).marks,
    ).toEqual(['vacuum, VACUUM of orders: 900–2000', 'vacuum, VACUUM of lines: 1000–3000'])
  })

  it('tell a relation of another database by number', () => {
    expect(tell([[vacuum('scanning heap', '20', null)], []]).marks).toEqual([
      'vacuum, VACUUM of relation 16400 of shop: 900–2000',
    ])
  })

  it('show how far a command is once it takes long', () => {
    const looks = Array.from({ length: 12 }, (_, index) => [vacuum('scanning heap', String(10 * index))])
    expect(tell(looks).gauges).toEqual([
      'progress.share, VACUUM, orders, scanning heap, 0.5',
      'progress.share, VACUUM, orders, scanning heap, 0.55',
    ])
  })
})
