/** Which process runs where: the measured one on a core of its own, the load on another, where the system can do that. */
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/** Words put before a command to keep it on the first core. */
export const onFirstCore: readonly string[] = canPin ? ['taskset', '-c', '0'] : []

/** Moves this process, all of its threads, to the other cores. Says whether that was possible. */
export function leaveFirstCore(): boolean {
  if (!canPin) return false
  return spawnSync('taskset', ['-apc', `1-${availableParallelism() - 1}`, String(process.pid)]).status === 0
}
