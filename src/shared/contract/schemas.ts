import { z } from 'zod'
import { loadDimensions, processChoices } from '../activity/index.ts'
import { demoStoryIds, runModes, sslModes } from '../session/index.ts'

/** The largest statement that is accepted; beyond it the answer is `INPUT_INVALID`. */
export const maxStatementChars = 64 * 1_024 * 1_024

export const id = z.string().min(1).max(200)
export const cursor = z.int().min(0)
/** How long a tail may wait for news. */
export const waitMs = z.int().min(0).max(5_000)
export const statementText = z.string().max(maxStatementChars)
export const password = z.string().max(10_000)

export const targetSettings = z.strictObject({
  host: z.string().max(1_000).exactOptional(),
  port: z.int().min(1).max(65_535).exactOptional(),
  database: z.string().max(200).exactOptional(),
  user: z.string().max(200).exactOptional(),
  service: z.string().max(200).exactOptional(),
  sslMode: z.enum(sslModes).exactOptional(),
  sslRootCert: z.string().max(4_096).exactOptional(),
  connectTimeoutMs: z.int().min(100).max(120_000).exactOptional(),
})

export const explainOptions = z.strictObject({
  buffers: z.boolean(),
  wal: z.boolean(),
  settings: z.boolean(),
  verbose: z.boolean(),
  timing: z.boolean(),
  serialize: z.enum(['none', 'text', 'binary']),
  memory: z.boolean(),
})

export const runOptions = z.strictObject({
  mode: z.enum(runModes),
  explain: explainOptions,
  onEnd: z.enum(['rollback', 'commit', 'autocommit']),
  statementTimeoutMs: z.int().min(0).max(86_400_000),
  maxRows: z.int().min(1).max(10_000_000),
  sampleHz: z.number().min(1).max(200),
  settings: z
    .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(1_000) }))
    .max(100)
    .readonly()
    .exactOptional(),
})

export const runParameter = z.strictObject({
  value: z
    .string()
    .max(64 * 1_024 * 1_024)
    .nullable(),
  type: z.string().max(200).exactOptional(),
})

export const demoStoryId = z.enum(demoStoryIds)

/** Milliseconds since 1970, up to the year 9999. */
export const moment = z.number().min(0).max(253_402_300_799_999)

export const range = z
  .strictObject({ fromMs: moment, toMs: moment })
  .refine(({ fromMs, toMs }) => fromMs < toMs, 'a range ends after it begins')

export const bucketCount = z.int().min(1).max(2_000)
export const loadDimension = z.enum(loadDimensions)
export const processChoice = z.enum(processChoices)

/** Narrows load down: each pair keeps the samples with this key in that dimension. */
export const loadFilter = z.strictObject({
  processes: processChoice.exactOptional(),
  keys: z
    .array(z.strictObject({ by: loadDimension, key: z.string().max(100_000) }))
    .max(20)
    .readonly()
    .exactOptional(),
})
