import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './folders.mjs'

/** What a child gets: our own tools first in the path, with them the right Node. */
export const toolEnvironment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
}

/**
 * Runs a command to its end; answers its exit code and what it wrote.
 * @param echo also show its output as it comes (`stdout`, `stderr`), or not (`undefined`)
 */
export function run(command, args, { echo, env = toolEnvironment, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    const take = (chunk) => {
      output += chunk
      echo?.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 128), output }))
  })
}
