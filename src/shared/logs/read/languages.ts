import type { DurationEvent } from '../log-entry.ts'

/**
 * Words of the server's log in the languages that it was translated to, as far as reading depends on them. A log is in
 * the language of `lc_messages`; auto_explain speaks English in all.
 *
 * @source PostgreSQL: src/backend/po, the messages of elog.c and of check_log_duration and its callers in postgres.c
 */

export type Severity =
  | 'LOG'
  | 'ERROR'
  | 'FATAL'
  | 'PANIC'
  | 'WARNING'
  | 'NOTICE'
  | 'INFO'
  | 'DEBUG'
  | 'DEBUG1'
  | 'DEBUG2'
  | 'DEBUG3'
  | 'DEBUG4'
  | 'DEBUG5'

export type PartWord = 'DETAIL' | 'HINT' | 'QUERY' | 'CONTEXT' | 'LOCATION' | 'BACKTRACE' | 'STATEMENT'

/** What may stand before `:  ` and begins an entry; English first. */
export const severityWords: Readonly<Record<Severity, readonly string[]>> = {
  LOG: ['LOG', 'LOGG', 'СООБЩЕНИЕ', 'ЗАПИСУВАННЯ', '日志', '日誌', '로그', 'ჟურნალი'],
  ERROR: [
    'ERROR',
    'FEHLER',
    'ERREUR',
    'ERRORE',
    'ERRO',
    'FEL',
    'ОШИБКА',
    'ПОМИЛКА',
    '错误',
    '錯誤',
    '오류',
    'შეცდომა',
  ],
  FATAL: ['FATAL', 'FATALE', 'FATALT', 'ВАЖНО', 'ФАТАЛЬНО', '致命错误', '致命錯誤', '치명적오류', 'ფატალური'],
  PANIC: ['PANIC', 'PANIK', 'PANICO', 'ПАНИКА', 'ПАНІКА', '灾难性错误', '嚴重錯誤', '손상', 'პანიკა'],
  WARNING: [
    'WARNING',
    'WARNUNG',
    'ATTENTION',
    'ATTENZIONE',
    'AVISO',
    'VARNING',
    'ПРЕДУПРЕЖДЕНИЕ',
    'ПОПЕРЕДЖЕННЯ',
    '警告',
    '경고',
    'გაფრთხილება',
  ],
  NOTICE: ['NOTICE', 'HINWEIS', 'NOTIFICA', 'NOTIS', 'ЗАМЕЧАНИЕ', 'ПОВІДОМЛЕННЯ', '注意', '알림'],
  INFO: ['INFO', 'ИНФОРМАЦИЯ', 'ІНФОРМАЦІЯ', '信息', '資訊', '정보', 'ინფორმაცია'],
  DEBUG: ['DEBUG', 'ОТЛАДКА', 'НАЛАГОДЖЕННЯ', '调试', '除錯', '디버그', 'გამართვა'],
  DEBUG1: ['DEBUG1'],
  DEBUG2: ['DEBUG2'],
  DEBUG3: ['DEBUG3'],
  DEBUG4: ['DEBUG4'],
  DEBUG5: ['DEBUG5'],
}

/** What belongs to the entry before. */
export const partWords: Readonly<Record<PartWord, readonly string[]>> = {
  DETAIL: [
    'DETAIL',
    'DÉTAIL',
    'DETTAGLI',
    'DETALLE',
    'DETALHE',
    'DETALJ',
    'ПОДРОБНОСТИ',
    'ВІДОМОСТІ',
    '詳細',
    '详情',
    '詳情',
    '상세정보',
    'დეტალები',
  ],
  HINT: [
    'HINT',
    'TIPP',
    'ASTUCE',
    'SUGGERIMENTO',
    'SUGERENCIA',
    'DICA',
    'TIPS',
    'ПОДСКАЗКА',
    'УКАЗІВКА',
    'ヒント',
    '提示',
    '힌트',
    'მინიშნება',
  ],
  QUERY: [
    'QUERY',
    'ANFRAGE',
    'REQUÊTE',
    'CONSULTA',
    'FRÅGA',
    'ЗАПРОС',
    'ЗАПИТ',
    '問い合わせ',
    '查询',
    '查詢',
    '쿼리',
    'მოთხოვნა',
  ],
  CONTEXT: [
    'CONTEXT',
    'ZUSAMMENHANG',
    'CONTEXTE',
    'CONTESTO',
    'CONTEXTO',
    'KONTEXT',
    'КОНТЕКСТ',
    '文脈',
    '上下文',
    '내용',
    'კონტექსტი',
  ],
  LOCATION: [
    'LOCATION',
    'ORT',
    'EMPLACEMENT',
    'POSIZIONE',
    'UBICACIÓN',
    'LOCAL',
    'PLATS',
    'ПОЛОЖЕНИЕ',
    'РОЗТАШУВАННЯ',
    '場所',
    '位置',
    '위치',
    'მდებარეობა',
  ],
  BACKTRACE: [
    'BACKTRACE',
    "PILE D'APPEL",
    'СТЕК',
    'ВІДСТЕЖУВАТИ',
    'バックトレース',
    '回溯',
    '역추적',
    'სტეკი',
  ],
  STATEMENT: [
    'STATEMENT',
    'ANWEISUNG',
    'INSTRUCTION',
    'ISTRUZIONE',
    'SENTENCIA',
    'COMANDO',
    'SATS',
    'ОПЕРАТОР',
    'ІНСТРУКЦІЯ',
    '文',
    '语句',
    '陳述式',
    '명령 구문',
    'ოპერატორი',
  ],
}

const english = new Map(
  Object.entries(severityWords).flatMap(([severity, words]) =>
    words.map((word) => [word, severity] as const),
  ),
)

/** The English word for a severity in any language; one that nobody knows as it is. */
export const severityOf = (word: string): string => english.get(word) ?? word

const unknownNames: ReadonlySet<string> = new Set(
  [
    'unknown',
    'unbekannt',
    'inconnu',
    'sconosciuto',
    'desconocido',
    'desconhecido',
    'okänd',
    'н/д',
    'невизначено',
    '不明',
    '未知',
    '알수없음',
    'უცნობი',
  ].map((word) => `[${word}]`),
)

/** What stands for the name of a user or database that a process does not have. */
export const isUnknownName = (text: string): boolean => text.startsWith('[') && unknownNames.has(text)

/** `Dauer: 1.234 ms`, `durée : 1.234 ms, `. */
const duration =
  /^(?:Dauer|durée|durata|duración|duração|varaktighet|продолжительность|тривалість|期間|耗时|执行时间|持續時間|실행시간|수행시간|ხანგრძლივობა)[ \u00A0]?:? (\d{1,15}\.\d{1,6}) ?(?:ms|мс|ミリ秒|毫秒|მწმs?)[ ,]{0,3}/

const phases: readonly (readonly [words: RegExp, phase: DurationEvent['phase']])[] = [
  [
    /^(?:Anweisung|instruction|istruzione|sentencia|comando|sats|оператор|文|语句|陳述式|명령 구문|გამოსახულება)/,
    'statement',
  ],
  [/^(?:Parsen|parse|analyse|analisi|разбор|аналізування|パース|解析)|구문분석$|დამუშავება$/, 'parse'],
  [/^(?:Binden|bind|lien|сообщение Bind|повідомлення bind|バインド|绑定|繫結|მიბმა)|접속$/, 'bind'],
  [
    /^(?:Ausführen|exécute|esecuzione|ejecutar|executar|kör|выполнение|выборка|виконувати|実行|取り出し実行|执行|執行|쿼리실행|자료뽑기|გაშვება)/,
    'execute',
  ],
]

const nothingBehind = /^[ \u00A0]?:/

/** A duration with its statement in another language than English; undefined for other messages. */
export function readForeignDuration(message: string):
  | {
      readonly durationMs: number
      readonly phase: DurationEvent['phase']
      readonly statement: string | undefined
    }
  | undefined {
  const found = duration.exec(message)
  if (found === null) return undefined
  const rest = message.slice(found[0].length)
  const colon = rest.indexOf(': ')
  const words = colon === -1 || nothingBehind.test(rest) ? '' : rest.slice(0, Math.min(colon, 400)).trim()
  const phase = phases.find(([pattern]) => pattern.test(words))?.[1]
  return {
    durationMs: Number(found[1]),
    phase: phase ?? 'none',
    statement: phase === undefined ? undefined : rest.slice(colon + 2),
  }
}

const parameters =
  /^(?:parameters?|paramètres|parametri|parámetros|parâmetros|parametrar|параметры|параметри|パラメータ|パラメーター|参数|參數|매개 ?변수|პარამეტრები)[ \u00A0]?: /i

/** The values in a `DETAIL`, in any language: `$1 = '42', $2 = NULL`. */
export function readParameters(detail: string): string | undefined {
  const found = parameters.exec(detail)
  return found === null ? undefined : detail.slice(found[0].length)
}

const deadlocks: ReadonlySet<string> = new Set([
  'deadlock detected',
  'Verklemmung (Deadlock) entdeckt',
  'interblocage (deadlock) détecté',
  'rilevato deadlock',
  'se ha detectado un deadlock',
  'deadlock upptäckt',
  'обнаружена взаимоблокировка',
  'виявлено взаємне блокування',
  'デッドロックを検出しました',
  '检测到死锁',
  '發現死結',
  'deadlock 발생했음',
  'ნაპოვნია ურთიერთბლოკირება',
])

export const tellsDeadlock = (message: string): boolean => deadlocks.has(message)
