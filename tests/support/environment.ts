/** This process's variables without those that would make a test depend on who runs it. */
export function withoutPgVariables(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^PG[A-Z]/.test(name) && !/^BAROGRAPH_(DATA|NO_DEMO|DEMO_FOLDER)$/.test(name),
  )
  return Object.fromEntries(kept)
}
