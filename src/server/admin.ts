/** The way from the command line into a running server: a socket in the data directory that only its owner may open. */
import { chmod, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** One line of JSON each way. */
interface Question {
  readonly task: string
  readonly input: unknown
}
type Answer = { readonly result: object } | { readonly error: string }

export type Perform = (task: string, input: unknown) => Promise<object>

/** An error whose message is for the user. */
export class TaskError extends Error {}

const MAX_LINE = 256 * 1024
/** Longer paths do not fit into the address of a socket. */
const MAX_PATH_BYTES = 103

export const adminPath = (data: string) => join(data, 'admin.sock')

/** Returns the way to stop, or null where the system has no place for such a socket. The caller holds the directory's lock. */
export async function listenAdmin(data: string, perform: Perform): Promise<(() => Promise<void>) | null> {
  const path = adminPath(data)
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return null
  await rm(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
    onLine(socket, async (line) => socket.end(`${JSON.stringify(await answer(line, perform))}\n`))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  await chmod(path, 0o600)
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
}

async function answer(line: string, perform: Perform): Promise<Answer> {
  try {
    const { task, input } = JSON.parse(line) as Question
    return { result: await perform(task, input) }
  } catch (error) {
    return { error: error instanceof TaskError ? error.message : `unable to carry out the task; ${error}` }
  }
}

/** Asks the server that holds the data directory. Null when none answers there. */
export function askAdmin(data: string, task: string, input: unknown): Promise<object | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(adminPath(data))
    let asked = false
    socket.once('connect', () => {
      asked = true
      socket.write(`${JSON.stringify({ task, input })}\n`)
    })
    socket.on('error', (error) => (asked ? reject(error) : resolve(null)))
    socket.on('close', () => reject(new TaskError('the server ended before it answered')))
    onLine(socket, (line) => {
      const answer = JSON.parse(line) as Answer
      if ('error' in answer) reject(new TaskError(answer.error))
      else resolve(answer.result)
      socket.destroy()
    })
  })
}

function onLine(socket: Socket, receive: (line: string) => void): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    text += chunk
    const end = text.indexOf('\n')
    if (end >= 0) receive(text.slice(0, end))
    else if (text.length > MAX_LINE) socket.destroy()
  })
}
