/** The command line as its users have it: processes of their own, over a data directory. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

/** Processes take their time on a machine that has other work. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const CLI = join(import.meta.dirname, 'cli.ts')

let data: string
const running: ChildProcess[] = []
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'porchlight-cli-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
  rmSync(data, { recursive: true, force: true })
})

interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function begin(words: readonly string[], env: Record<string, string> = {}, input = ''): { child: ChildProcess; said: Promise<Said> } {
  const args = ['--disable-warning=ExperimentalWarning', CLI, ...words]
  const child = spawn(process.execPath, args, { env: { ...process.env, PORCHLIGHT_DATA: data, PORT: '0', ...env } })
  running.push(child)
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (texts.out += chunk))
  child.stderr.on('data', (chunk) => (texts.err += chunk))
  child.stdin.end(input)
  const said = once(child, 'close').then(([code]) => ({ code: code as number | null, ...texts }))
  return { child, said }
}

const run = (words: string, env?: Record<string, string>, input?: string) => begin(words.split(' ').filter(Boolean), env, input).said

/** A command that goes on running, with what it said first, as JSON. */
async function start(words: string, env?: Record<string, string>) {
  const { child, said } = begin([...words.split(' '), '--json'], env)
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return { child, said, first: JSON.parse(String(line)) as Record<string, string> }
}

describe('without a server', () => {
  test('bare, it helps', async () => {
    const { code, out } = await run('')
    expect(code).toBe(0)
    expect(out).toContain('org create <name>')
    expect(JSON.parse((await run('--json')).out)).toHaveProperty('help')
  })

  test('it says which version it is, and how one command is used', async () => {
    const [version, json, noun] = await Promise.all([run('--version'), run('--version --json'), run('agent')])
    expect([version.code, version.out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
    expect(JSON.parse(json.out)).toEqual({ version: version.out.trim() })
    expect([noun.code, noun.out]).toEqual([0, expect.stringMatching(/^Usage: porchlight agent <command>.*agent link <email>/s)])
  })

  test('a sign-in link names the address that users have', async () => {
    await run('org create Acme')
    await run('agent create robin@shop.test')
    const { out } = await run('agent link robin@shop.test', { PUBLIC_URL: 'https://chat.example.com' })
    expect(out).toMatch(/ https:\/\/chat\.example\.com\/inbox\/#sign-in=[\w-]{43}\n/)
  })

  test('what it keeps is for its owner alone, in whatever folder', async () => {
    chmodSync(data, 0o755)
    await run('org create Acme')
    const files = readdirSync(data)
    expect(files).toContain('porchlight.db')
    for (const file of files) expect(statSync(join(data, file)).mode & 0o077, file).toBe(0)
  })

  test('organizations, clients and agents are made, listed and changed', async () => {
    expect(JSON.parse((await run('org create Acme --json')).out)).toMatchObject({ license: 1, name: 'Acme' })
    expect(JSON.parse((await run('client create shop --origin https://shop.test/ --json')).out)).toMatchObject({
      origins: ['https://shop.test'],
    })
    const changed = await run('client update shop --kind native --redirect-uri https://shop.test/back --json')
    expect(JSON.parse(changed.out)).toMatchObject({
      kind: 'native',
      origins: ['https://shop.test'],
      redirect_uris: ['https://shop.test/back'],
    })
    const made = JSON.parse((await run('agent create Robin@Shop.test --json')).out)
    expect(made).toMatchObject({ email: 'robin@shop.test', name: 'Robin', password: expect.stringMatching(/^\w{20}$/) })
    const given = await run('agent password robin@shop.test --password-stdin --json', {}, 'correct horse\n')
    expect(JSON.parse(given.out)).not.toHaveProperty('password')
    const { out } = await run('agent list')
    expect(out).toContain('robin@shop.test')
    expect(out).not.toContain('scrypt')
  })

  test('what is typed wrong, and what cannot be, is said in one line', async () => {
    const [wrong, impossible] = await Promise.all([run('org list --colour'), run('client list')])
    expect([wrong.code, impossible.code]).toEqual([2, 1])
    for (const { err } of [wrong, impossible]) expect(err.trim().split('\n')).toHaveLength(1)
  })

  /** Each lays a file in the way and says which directory it is that cannot be used. */
  const written = (path: string) => {
    writeFileSync(path, 'notes '.repeat(2000))
    return path
  }
  test.each<readonly [string, () => string]>([
    ['it is a file', () => written(join(data, 'file'))],
    ['or lies in one', () => join(written(join(data, 'file')), 'folder')],
    ['cannot be written to', () => join(mkdirSync(join(data, 'porchlight.lock'), { recursive: true }) ?? '', '..')],
    ['or is none', () => join(written(join(data, 'porchlight.db')), '..')],
  ])('a data directory that cannot be used is refused in one sentence: %s', async (why, lay) => {
    const env = { PORCHLIGHT_DATA: lay() }
    for (const { code, err } of await Promise.all([run('serve', env), run('org create Acme', env)])) {
      expect([code, err]).toEqual([1, expect.stringMatching(/^porchlight: unable to use the data directory .*\n$/)])
      expect(err).toContain(why)
    }
  })

  test('to look at a directory makes nothing in it', async () => {
    const place = join(data, 'mistyped')
    expect((await run('org list', { PORCHLIGHT_DATA: place })).err).toContain(`there is nothing in ${place} yet`)
    expect(existsSync(place)).toBe(false)
  })

  test('with --json a refusal is JSON too', async () => {
    const { out, code } = await run('client list --json')
    expect([code, JSON.parse(out)]).toMatchObject([1, { error: { message: expect.stringContaining('there is nothing in') } }])
  })
})

describe('serve', () => {
  test('takes its directory alone, is asked by other commands, and ends well', async () => {
    const { child, said, first } = await start('serve')
    expect((await fetch(`${first['url']}/readyz`)).status).toBe(200)
    const second = await run('serve')
    expect(second.code).toBe(1)
    expect(second.err).toContain('another Porchlight server')
    expect(statSync(join(data, 'admin.sock')).mode & 0o777).toBe(0o600)
    expect(JSON.parse((await run('org create Acme --json')).out)).toMatchObject({ license: 1 })
    expect((await run('org create')).code).toBe(2)
    expect((await run('client list --license 9')).err).toContain('no organization with license 9')
    const started = performance.now()
    child.kill('SIGTERM')
    expect((await said).code).toBe(0)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('[IDN6] makes the secret with which a site vouches for its users, and shows how', async () => {
    const { child, first } = await start('serve')
    await run('org create Acme')
    await run('client create app --kind native')
    const { out } = await run('key create --identity')
    const [, secret = ''] = /^secret +(\S+)$/m.exec(out) ?? []
    const example = /^ {2}import[\s\S]*$/m.exec(out)?.[0] ?? ''
    const user = JSON.stringify({ id: 'user-1', name: 'Ann', email: 'ann@example.test' })
    const code = `const user = ${user}\n${example}\nconsole.log(identityToken)`
    const node = ['--input-type=module', '--eval', code]
    const identity_token = execFileSync(process.execPath, node, { env: { IDENTITY_SECRET: secret } })
      .toString()
      .trim()
    const grant = () =>
      fetch(`${first['url']}/v1/customer/token?license=1&client_id=app`, {
        method: 'POST',
        body: JSON.stringify({ grant_type: 'identity', identity_token }),
      })
    expect((await grant()).status).toBe(200)
    const { keys } = JSON.parse((await run('key list --json')).out) as { keys: { id: string }[] }
    expect(JSON.parse((await run('key create --identity --json')).out)).toEqual({
      id: expect.any(String),
      secret: expect.any(String),
      scopes: ['identity'],
    })
    await run(`key revoke ${keys[0]?.id}`)
    expect((await grant()).status).toBe(401)
    child.kill('SIGTERM')
  })

  test('kill -9 frees the directory', async () => {
    const { child } = await start('serve')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { first } = await start('serve')
    expect((await fetch(`${first['url']}/healthz`)).status).toBe(200)
  })

  test('logs are lines of JSON on the error stream', async () => {
    const { child, said, first } = await start('serve')
    await fetch(`${first['url']}/v1/customer/token?license=1&client_id=x&access_token=secret`, {
      method: 'POST',
      body: '{"visitor_key":"secret"}',
    })
    child.kill('SIGINT')
    const { err } = await said
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({
      level: 'info',
      method: 'POST',
      path: '/v1/customer/token',
      status: 404,
    })
    expect(err).not.toContain('secret')
  })

  test('the address that is told and logged is the one that users have, or one that they can have', async () => {
    const told = await Promise.all(
      [{ PUBLIC_URL: 'https://chat.example.com' }, { HOST: '0.0.0.0' }].map(async (env, at) => {
        const { child, said, first } = await start('serve', { ...env, PORCHLIGHT_DATA: join(data, String(at)) })
        child.kill('SIGTERM')
        const logged = JSON.parse((await said).err.split('\n').find((line) => line.includes('"listening"')) ?? '{}')
        return [first['url'], logged.url]
      }),
    )
    expect(told).toEqual([Array(2).fill('https://chat.example.com'), Array(2).fill(expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]/))])
  })

  test('a setting that cannot be used is refused in one sentence', async () => {
    const { code, err } = await run('serve', { DATABASE_URL: 'postgres://x' })
    expect([code, err]).toEqual([1, expect.stringMatching(/^porchlight: DATABASE_URL is set, .*\.\n$/)])
  })
})

describe('demo', () => {
  test('makes what it needs, tells where it is, and signs in once', async () => {
    const { first, child, said } = await start('demo')
    expect(first).toMatchObject({ license: 1, client_id: 'demo', email: 'agent@demo.test', password: 'porchlight' })
    expect(first['snippet']).toBe(`<script async src="${first['url']}/widget.js" data-license="1" data-client-id="demo"></script>`)
    const [, sign_in_token] = first['inbox']?.split('#sign-in=') ?? []
    const signIn = () => fetch(`${first['url']}/v1/agent/session`, { method: 'POST', body: JSON.stringify({ sign_in_token }) })
    expect([(await signIn()).status, (await signIn()).status]).toEqual([200, 401])
    const home = await fetch(`${first['url']}/`, { redirect: 'manual' })
    expect([home.status, home.headers.get('location')]).toEqual([302, '/demo/'])
    child.kill('SIGTERM')
    expect((await said).code).toBe(0)
    const again = await start('demo')
    expect((await run('agent list --json')).out.match(/agent@demo\.test/g)).toHaveLength(1)
    again.child.kill('SIGKILL')
  })

  test('stays on this machine', async () => {
    const { code, err } = await run('demo', { HOST: '0.0.0.0' })
    expect([code, err]).toEqual([1, expect.stringContaining('HOST')])
  })

  test('its password and its pages open nothing once the directory is served for good', async () => {
    const demo = await start('demo')
    demo.child.kill('SIGTERM')
    await demo.said
    const { first } = await start('serve')
    const body = JSON.stringify({ email: 'agent@demo.test', password: 'porchlight' })
    expect((await fetch(`${first['url']}/v1/agent/session`, { method: 'POST', body })).status).toBe(401)
    const visitor = { method: 'POST', headers: { origin: 'http://localhost:8080' }, body: '{"grant_type":"anonymous"}' }
    expect((await fetch(`${first['url']}/v1/customer/token?license=1&client_id=demo`, visitor)).status).toBe(403)
  })

  test('dies on a port that is taken, in one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, err } = await run('demo', { PORT: String(port) })
    expect([code, err.trim()]).toEqual([1, `porchlight: 127.0.0.1:${port} is taken by another program; set PORT to a free one`])
    other.close()
  })
})
