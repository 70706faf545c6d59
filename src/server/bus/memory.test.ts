/** The bus within one process keeps the contract of every bus. */
import { busContract } from './bus.contract.ts'
import { createMemoryBus } from './memory.ts'

busContract('memory', async () => {
  const bus = createMemoryBus()
  return { here: bus, there: bus }
})
