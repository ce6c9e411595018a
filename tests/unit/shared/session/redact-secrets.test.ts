import { describe, expect, it } from 'vitest'
import { redactParameters, redactPlanSecrets, redactSecrets, redactValue } from '#shared/session/index.ts'

/** Time of this thread, so that whoever else uses the machine does not count. */
function processorMs(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

describe('redacting secrets', () => {
  it.each([
    ["CREATE ROLE ada LOGIN PASSWORD 'geheim'", "CREATE ROLE ada LOGIN PASSWORD '***'"],
    [
      "alter user ada encrypted password\n 'ge''heim' VALID UNTIL 'infinity'",
      "alter user ada encrypted password\n '***' VALID UNTIL 'infinity'",
    ],
    [String.raw`ALTER ROLE a PASSWORD E'ge\'heim' NOLOGIN`, `ALTER ROLE a PASSWORD '***' NOLOGIN`],
    ["ALTER ROLE a PASSWORD U&'gehe\\0069m'", "ALTER ROLE a PASSWORD '***'"],
    ['ALTER ROLE a PASSWORD $x$ge$heim$x$;', "ALTER ROLE a PASSWORD '***';"],
    ["ALTER ROLE a PASSWORD 'geheim", "ALTER ROLE a PASSWORD '***'"],
    [
      "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password 'geheim')",
      "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password '***')",
    ],
    [
      "select * from dblink('host=db user=u password=geheim dbname=x', 'select 1')",
      "select * from dblink('host=db user=u password=*** dbname=x', 'select 1')",
    ],
    [
      "CREATE SUBSCRIPTION s CONNECTION 'host=db password=''ge heim'' user=u' PUBLICATION p",
      "CREATE SUBSCRIPTION s CONNECTION 'host=db password=*** user=u' PUBLICATION p",
    ],
    [
      'could not connect to "postgresql://ada:geheim@db:5432/x"',
      'could not connect to "postgresql://ada:***@db:5432/x"',
    ],
    ["select dblink('postgres://a:ge@heim@db/x?y=1')", "select dblink('postgres://a:***@db/x?y=1')"],
    ["select 'postgres:///x?password=geheim&y=1'", "select 'postgres:///x?password=***&y=1'"],
  ])('takes the password out of %s', (statement, expected) => {
    expect(redactSecrets(statement)).toBe(expected)
  })

  it.each([
    "UPDATE users SET password = 'x' WHERE id = 1",
    "SELECT password, count(*) FROM users WHERE password = $1 GROUP BY password ORDER BY 'a'",
    "SELECT 'host=db user=u'",
    "SELECT * FROM pages WHERE url = 'postgresql://db/x'",
    "DO $$ BEGIN UPDATE u SET password = crypt('x', gen_salt('bf')); END $$",
  ])('leaves a statement about passwords alone: %s', (statement) => {
    expect(redactSecrets(statement)).toBe(statement)
  })

  it('takes no more than a moment for statements of many megabytes', () => {
    const hostile = [
      `select ${"'password=a' || ".repeat(500_000)}''`,
      `password ${'$'.repeat(1_000_000)}`,
      `password ${'$a'.repeat(300_000)}`,
      `password${' '.repeat(1_000_000)}`,
      'password '.repeat(500_000),
      `'host=${'password= '.repeat(300_000)}`,
      `postgres://${'a'.repeat(2_000_000)}`,
      'postgres://'.repeat(200_000),
      `password '${'a'.repeat(40_000_000)}`,
      `password E'${'\\a'.repeat(10_000_000)}`,
      `'host=x password=${'a'.repeat(40_000_000)}'`,
      `'host=x password=${'\\a'.repeat(5_000_000)}'`,
      `password ${"'".repeat(20_000_000)}`,
    ]
    for (const statement of hostile) {
      expect(processorMs(() => redactSecrets(statement))).toBeLessThan(2_000)
    }
  }, 30_000)
})

const textOf = (statement: string, ...values: readonly (string | null)[]) =>
  redactParameters(
    statement,
    values.map((value) => ({ value })),
  ).map(({ value }) => value)

describe('redacting parameters', () => {
  it.each([
    ['ALTER ROLE ada PASSWORD $1', ['geheim'], ['***']],
    [
      'create user ada with encrypted\npassword $2 valid until $1',
      ['infinity', 'geheim'],
      ['infinity', '***'],
    ],
    ["CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password $1)", ['geheim'], ['***']],
    ["SELECT dblink_connect('host=db password=' || $1)", ['geheim'], ['***']],
    ['SELECT dblink_connect($1)', ['host=db password=geheim user=u'], ['host=db password=*** user=u']],
    ['SELECT dblink_connect($1)', ["host=db password='ge heim' user=u"], ['host=db password=*** user=u']],
    ['SELECT dblink_connect($1)', ['postgresql://ada:geheim@db/x'], ['postgresql://ada:***@db/x']],
    [
      'SELECT dblink_exec($1, $2)',
      ['c', "ALTER ROLE a PASSWORD 'geheim'"],
      ['c', "ALTER ROLE a PASSWORD '***'"],
    ],
  ])('takes the password out of those of %s', (statement, values, expected) => {
    expect(textOf(statement, ...values)).toEqual(expected)
  })

  it.each([
    ['UPDATE users SET password = $1 WHERE id = $2', ['x', '1']],
    ['SELECT $1', ['password']],
    ['SELECT $1, $2', [null, 'password = 7']],
    ['ALTER ROLE ada PASSWORD $1', [null]],
  ])('leaves those of others alone: %s', (statement, values) => {
    expect(textOf(statement, ...values)).toEqual(values)
  })
})

describe('redacting values', () => {
  it('takes the password out of a connection string that stands alone', () => {
    expect(redactValue("host=a user=b password='x y' sslmode=require")).toBe(
      'host=a user=b password=*** sslmode=require',
    )
    expect(redactValue('scram-sha-256')).toBe('scram-sha-256')
  })
})

describe('redacting plans', () => {
  const statement = String.raw`ALTER ROLE "ada" PASSWORD E'ge\'heim' -- \ "x" ü`

  it('takes passwords out of the statements that a plan in JSON quotes, and touches nothing else', () => {
    const json = (text: string) =>
      `[ {"Query Text" :${JSON.stringify(text)},\n"Plan": {"Node Type": "Result", "Actual Rows": 1.50, "x": "\\u00fc\\/"}}]`
    expect(redactPlanSecrets(json(statement))).toBe(json(redactSecrets(statement)))
    expect(redactPlanSecrets(json(statement))).not.toContain('heim')
    const plain = json('SELECT password FROM users WHERE password = $1')
    expect(redactPlanSecrets(plain)).toBe(plain)
  })

  it.each([
    [
      `LOG:  duration: 1 ms  plan:\n{"Query Text": ${JSON.stringify(statement)}}`,
      `LOG:  duration: 1 ms  plan:\n{"Query Text": ${JSON.stringify(redactSecrets(statement))}}`,
    ],
    [
      "[7] LOG:  plan:\n\tQuery Text: ALTER ROLE a PASSWORD 'geheim'\n\tResult",
      "[7] LOG:  plan:\n\tQuery Text: ALTER ROLE a PASSWORD '***'\n\tResult",
    ],
    [
      '- Plan: \n    Filter: "(dblink(\'host=db password=geheim\'::text) > 0)"',
      '- Plan: \n    Filter: "(dblink(\'host=db password=***\'::text) > 0)"',
    ],
    [
      'Foreign Scan on "users\n  Remote SQL: postgres://ada:geheim@db/x',
      'Foreign Scan on "users\n  Remote SQL: postgres://ada:***@db/x',
    ],
  ])('takes them out of other formats: %j', (plan, expected) => {
    expect(redactPlanSecrets(plan)).toBe(expected)
  })

  it('takes no more than a moment for the largest', () => {
    const hostile = [
      `password ${'"\\\\"'.repeat(1_000_000)}`,
      `["password ${'\\"'.repeat(2_000_000)}`,
      `["password${' '.repeat(32_000_000)}"]`,
      '"password\n'.repeat(200_000),
      `[${'"password",'.repeat(200_000)}`,
    ]
    for (const plan of hostile) {
      expect(processorMs(() => redactPlanSecrets(plan))).toBeLessThan(2_000)
    }
  }, 30_000)
})
