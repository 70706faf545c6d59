/** Every administrative task by name: what the command line offers, inside a running server or without one. */
import { type Perform, TaskError } from '../admin.ts'
import { agentTasks } from './agents.ts'
import { clientTasks } from './clients.ts'
import { demoTasks } from './demo.ts'
import { keyTasks } from './keys.ts'
import type { Input, Office, Task } from './office.ts'
import { organizationTasks } from './organizations.ts'

const TASKS: ReadonlyMap<string, Task> = new Map(
  Object.entries({ ...organizationTasks, ...clientTasks, ...agentTasks, ...keyTasks, ...demoTasks }),
)

export const performIn =
  (office: Office): Perform =>
  async (name, input) => {
    const task = TASKS.get(name)
    if (!task) throw new TaskError(`there is no task "${name}"; is the server of another version?`)
    return task(office, (input ?? {}) as Input)
  }
