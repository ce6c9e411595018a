import type { ConnectionDiagnosis, TargetSettings } from '#shared/session/index.ts'

export function diagnoseConnection(error: unknown, _settings: TargetSettings): ConnectionDiagnosis {
  const detail = error instanceof Error ? error.message : String(error)
  return {
    problem: 'unknown',
    part: 'server',
    message: `Connecting failed: ${detail}`,
    advice: 'See the detail.',
    detail,
  }
}
