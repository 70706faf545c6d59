/** The page on bots keeps its word: its numbers are those of the limits, its links lead somewhere, and its model speaks to one like that of OpenAI. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { MAX_QUICK_REPLIES, MAX_QUICK_REPLY_CHARS, RATES } from './protocol/limits.ts'

const docs = join(import.meta.dirname, '..', 'docs')
const page = readFileSync(join(docs, 'bots.md'), 'utf8')

type Model = (messages: readonly object[], signal: AbortSignal) => AsyncGenerator<string>

/** The code of the page, as whoever copies it has it. */
async function modelOfPage(): Promise<Model> {
  const [, code = ''] = /```js\n(async function\* model[\s\S]+?)```/.exec(page) ?? []
  const module = await import(`data:text/javascript,${encodeURIComponent(`export ${code}`)}`)
  return (module as { model: Model }).model
}

let close = () => {}
afterEach(() => close())

/** A model that says what it is told, in chunks that begin and end anywhere. */
async function serve(chunks: readonly (string | Buffer)[], status = 200): Promise<{ asked: { url: string; body: string }[] }> {
  const asked: { url: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ url: request.url ?? '', body })
    response.writeHead(status, { 'content-type': 'text/event-stream' })
    for (const chunk of chunks) await new Promise((resolve) => response.write(chunk, resolve))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => server.close()
  process.env['MODEL_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { asked }
}

const line = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`

async function said(signal = new AbortController().signal): Promise<string[]> {
  const pieces: string[] = []
  const model = await modelOfPage()
  for await (const piece of model([{ role: 'user', content: 'hello' }], signal)) pieces.push(piece)
  return pieces
}

test('its model reads what comes, however it is cut', async () => {
  const whole = Buffer.from(
    `: hi\n\ndata: {"choices":[{"delta":{"role":"assistant"}}]}\r\n\r\n${line('Let')}${line(' me 💡')}data: [DONE]\n\n`,
  )
  for (const size of [1, 7, 1000]) {
    const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) => whole.subarray(at * size, (at + 1) * size))
    const { asked } = await serve(chunks)
    expect((await said()).join('')).toBe('Let me 💡')
    expect(asked).toMatchObject([{ url: '/v1/chat/completions' }])
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ stream: true, messages: [{ content: 'hello' }] })
    close()
  }
})

test('its model says that it was refused, and ends where nobody listens any more', async () => {
  await serve(['no'], 503)
  await expect(said()).rejects.toThrow('the model answered 503')
  close()
  await serve([line('Let')])
  await expect(said(AbortSignal.abort(new Error('taken over')))).rejects.toThrow('taken over')
})

test('its numbers are the limits, and its links lead somewhere', () => {
  const number = (value: number) => value.toLocaleString('en')
  for (const { burst } of [RATES.bot_visitor, RATES.bot_address, RATES.bot_day])
    expect(page).toContain(`| ${number(burst)} | ${number(burst)} a`)
  expect([MAX_QUICK_REPLIES, MAX_QUICK_REPLY_CHARS]).toEqual([10, 80])
  const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path)
  expect(links.filter((path) => !existsSync(join(docs, path)))).toEqual([])
})
