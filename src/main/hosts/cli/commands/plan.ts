import { Command } from 'commander'

export interface PlanOptions {
  readonly json?: boolean
  readonly redact?: boolean
  readonly compare?: boolean
}

/** `barograph plan`: reads plans out of files and logs, and says where their time went. */
export function planCommand(): Command {
  return new Command('plan')
    .description('Reads plans (EXPLAIN in any format, or a server’s log with auto_explain) and judges them.')
    .argument('<file...>', 'files with plans; - reads standard input')
    .option('--json', 'print JSON, one line a file')
    .option('--redact', 'replace names and literals, consistently over all files')
    .option('--compare', 'compare two plans: of two files, or the first two of one')
    .action(async (files: readonly string[], options: PlanOptions) => {
      if (options.compare === true) {
        const { tellComparison } = await import('../plan/tell-comparison.ts')
        process.exitCode = await tellComparison(files, options)
        return
      }
      const { tellPlans } = await import('../plan/tell-plans.ts')
      process.exitCode = await tellPlans(files, options)
    })
}
