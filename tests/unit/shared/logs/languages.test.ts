import { describe, expect, it } from 'vitest'
import { readLog, writeStderr } from './log-notation.ts'

const at = '2026-11-20 17:08:09.141 UTC [77] app@shop '

/** One statement, one with parameters, one that failed. */
const logs: readonly (readonly [language: string, log: string])[] = [
  [
    'German',
    `${at}LOG:  Dauer: 1.500 ms  Anweisung: select 1
	 from a
${at}LOG:  Dauer: 2.500 ms  Binden <unnamed>: select $1
${at}DETAIL:  Parameter: $1 = '5'
${at}LOG:  Dauer: 3.500 ms  Ausführen p: select $1
${at}DETAIL:  Parameter: $1 = '5'
${at}FEHLER:  Relation »b« existiert nicht bei Zeichen 15
${at}ANWEISUNG:  select from b
`,
  ],
  [
    'French',
    `${at}LOG:  durée : 1.500 ms, instruction : select 1
	 from a
${at}LOG:  durée : 2.500 ms, lien <unnamed> : select $1
${at}DÉTAIL:  paramètres : $1 = '5'
${at}LOG:  durée : 3.500 ms  exécute p: select $1
${at}DÉTAIL:  paramètres : $1 = '5'
${at}ERREUR:  la relation « b » n'existe pas au caractère 15
${at}INSTRUCTION :  select from b
`,
  ],
  [
    'Japanese',
    `${at}LOG:  期間: 1.500 ミリ秒  文: select 1
	 from a
${at}LOG:  期間: 2.500 ミリ秒  バインド <unnamed>: select $1
${at}詳細:  パラメータ: $1 = '5'
${at}LOG:  期間: 3.500 ミリ秒  実行 p: select $1
${at}詳細:  パラメータ: $1 = '5'
${at}ERROR:  リレーション"b"は存在しません(15文字目)
${at}文:  select from b
`,
  ],
  [
    'Russian',
    `${at}СООБЩЕНИЕ:  продолжительность: 1.500 мс, оператор: select 1
	 from a
${at}СООБЩЕНИЕ:  продолжительность: 2.500 мс, сообщение Bind <unnamed>: select $1
${at}ПОДРОБНОСТИ:  параметры: $1 = '5'
${at}СООБЩЕНИЕ:  продолжительность: 3.500 мс  выполнение p: select $1
${at}ПОДРОБНОСТИ:  параметры: $1 = '5'
${at}ОШИБКА:  отношение "b" не существует (символ 15)
${at}ОПЕРАТОР:  select from b
`,
  ],
  [
    'Korean',
    `${at}로그:  실행시간: 1.500 ms  명령 구문: select 1
	 from a
${at}로그:  실행시간: 2.500 ms  <unnamed> 접속: select $1
${at}상세정보:  매개 변수: $1 = '5'
${at}로그:  수행시간: 3.500 ms  쿼리실행 p: select $1
${at}상세정보:  매개 변수: $1 = '5'
${at}오류:  "b" 이름의 릴레이션이 없습니다
${at}명령 구문:  select from b
`,
  ],
]

describe('a log in another language', () => {
  it.each(logs)('gives statements, times, parameters and errors: %s', (_language, log) => {
    const { entries, reader } = readLog(log)
    expect(reader.warnings()).toEqual([])
    expect(entries.map(({ severity, user, database, pid }) => [severity, user, database, pid])).toEqual(
      ['LOG', 'LOG', 'LOG', 'ERROR'].map((severity) => [severity, 'app', 'shop', 77]),
    )
    expect(entries.map(({ event }) => event)).toEqual([
      {
        kind: 'duration',
        durationMs: 1.5,
        phase: 'statement',
        statement: 'select 1\n from a',
        parameters: undefined,
      },
      { kind: 'duration', durationMs: 2.5, phase: 'bind', statement: 'select $1', parameters: "$1 = '5'" },
      { kind: 'duration', durationMs: 3.5, phase: 'execute', statement: 'select $1', parameters: "$1 = '5'" },
      { kind: 'error' },
    ])
    expect(entries.at(-1)?.statement).toBe('select from b')
  })

  it('is told as such without any prefix', () => {
    const { entries } = readLog('ОШИБКА:  нет\nОПЕРАТОР:  select\n\t1\n')
    expect(entries.map(({ severity, statement }) => [severity, statement])).toEqual([['ERROR', 'select\n1']])
  })

  it('has a bare time, of which the statement stands elsewhere', () => {
    const [entry] = readLog(`${at}LOG:  Dauer: 1.500 ms\n`).entries
    expect(entry?.event).toEqual({
      kind: 'duration',
      durationMs: 1.5,
      phase: 'none',
      statement: undefined,
      parameters: undefined,
    })
  })

  it('has a word of its own for a name that a process lacks', () => {
    const [entry] = readLog(
      '2026-11-20 17:08:09.141 UTC [77] [unbekannt]@[unbekannt] LOG:  Verbindung empfangen\n',
    ).entries
    expect([entry?.user, entry?.database]).toEqual([undefined, undefined])
  })

  it('calls a deadlock one', () => {
    const log =
      writeStderr({ message: 'x' }) +
      writeStderr({ message: 'Verklemmung (Deadlock) entdeckt' }).replace('LOG:', 'FEHLER:')
    expect(readLog(log).entries.map(({ event }) => event.kind)).toEqual(['other', 'deadlock'])
  })
})
