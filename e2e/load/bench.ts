/** `npm run bench`: how many events a second are acknowledged after fsync, how fast, and what an idle visitor costs; beside a bare echo. */
import { ServerProcess } from '../server.ts'
import { leaveFirstCore, onFirstCore } from './cores.ts'
import { measureIdle } from './idle.ts'
import { measureSpeed } from './speed.ts'
import { printWeights } from './weights.ts'

/** Rates are for people; a load of this kind is none. */
const environment = { PORCHLIGHT_RATE_FACTOR: '1000', LOG_LEVEL: 'warn' }
const inspectable = { ...environment, NODE_OPTIONS: '--inspect=127.0.0.1:0' }

const pinned = leaveFirstCore()
console.log(
  pinned ? 'The server has the first core, the load the others.' : 'Server and load share all cores: nothing here can pin a process.',
)
const speedy = await ServerProcess.start({ wrap: onFirstCore, environment })
await measureSpeed(speedy)
await speedy.stop()
const idle = await ServerProcess.start({ wrap: onFirstCore, environment: inspectable })
await measureIdle(idle)
await idle.stop()
printWeights()
