/** Every door of the packed package, opened from an empty project: by Node, by a bundler, by the compiler. */
import { readFile } from 'node:fs/promises'
import { build, type InlineConfig } from 'vite'
import { nodes, type Project } from './project.ts'
import { expect, test } from './test.ts'

/** What each door but the server's hands over. */
const DOORS = {
  porchlight: ['CustomerSDK', 'default', 'init', 'version'],
  'porchlight/agent': ['initAgent'],
  'porchlight/rich': ['rich'],
  'porchlight/widget': ['Porchlight', 'createPorchlight'],
  'porchlight/server-sdk': [
    ...['ApiError', 'Auth', 'AuthenticationError', 'Chats', 'ConflictError', 'ConnectionError', 'Events', 'Files', 'NetworkError'],
    ...['NotFoundError', 'PermissionError', 'Porchlight', 'PorchlightError', 'RateLimitError', 'ServerError', 'SignatureError'],
    ...['TimeoutError', 'Users', 'ValidationError', 'Webhooks'],
  ],
} as const

/** Those that are components, and what they are written for. */
const COMPONENTS = { 'porchlight/react': 'react', 'porchlight/vue': 'vue' } as const
const HOOKS = ['Porchlight', 'usePorchlight', 'useUnread', 'useWidgetState']

const SAY = "console.log(Object.keys(door).filter((name) => name !== '__esModule').sort().join())"
/** A server that renders has no window; whoever asks for one is found out. */
const NO_WINDOW = `for (const name of ['window', 'localStorage', 'sessionStorage', 'indexedDB'])
  Object.defineProperty(globalThis, name, { get() { throw new Error('asked for ' + name) } })`

test('it brings nothing along', async ({ project }) => {
  expect((await project.packages()).filter((name) => !name.startsWith('.'))).toEqual(['porchlight'])
})

for (const node of nodes()) {
  for (const [door, names] of Object.entries(DOORS)) {
    test(`${door}, imported by ${node}`, async ({ project }) => {
      await project.write('a.mjs', `${NO_WINDOW}\nconst door = await import('${door}')\n${SAY}`)
      expect(await project.run(node, 'a.mjs')).toEqual({ code: 0, out: names.join(), err: '' })
    })

    test(`${door}, required by ${node}`, async ({ project }) => {
      await project.write('a.cjs', `${NO_WINDOW}\nconst door = require('${door}')\n${SAY}`)
      expect(await project.run(node, 'a.cjs')).toEqual({ code: 0, out: names.join(), err: '' })
    })
  }

  for (const [door, framework] of Object.entries(COMPONENTS)) {
    test(`${door}, imported and required by ${node}`, async ({ project }) => {
      await project.borrow(framework)
      // Vue itself looks for a window.
      await project.write('a.mjs', `await import('${framework}')\n${NO_WINDOW}\nconst door = await import('${door}')\n${SAY}`)
      await project.write('a.cjs', `require('${framework}')\n${NO_WINDOW}\nconst door = require('${door}')\n${SAY}`)
      for (const file of ['a.mjs', 'a.cjs']) expect(await project.run(node, file)).toEqual({ code: 0, out: HOOKS.join(), err: '' })
    })
  }

  test(`the seed's two ways to come in, by ${node}`, async ({ project }) => {
    const use = "console.log(typeof sdk.init({ license: 1, clientId: 'demo', server: 'http://chat.test', autoConnect: false }).sendMessage)"
    await project.write('a.mjs', `import sdk from 'porchlight'\n${use}`)
    await project.write('a.cjs', `const sdk = require('porchlight')\n${use}`)
    for (const file of ['a.mjs', 'a.cjs']) expect(await project.run(node, file)).toEqual({ code: 0, out: 'function', err: '' })
  })
}

test('porchlight/server, by a Node that is new enough, and in one sentence not by another', async ({ project }) => {
  await project.write('a.mjs', "const door = await import('porchlight/server'); console.log(typeof door.createServer)")
  await project.write('a.cjs', "console.log(typeof require('porchlight/server').createServer)")
  const oldest = (await project.run(nodes()[0] ?? '', '--version')).out
  for (const file of ['a.mjs', 'a.cjs']) {
    expect(await project.run(process.execPath, '--disable-warning=ExperimentalWarning', file)).toEqual({
      code: 0,
      out: 'function',
      err: '',
    })
  }
  if (Number.parseInt(oldest.slice(1), 10) >= 22) return
  const { code, err } = await project.run(nodes()[0] ?? '', 'a.mjs')
  expect(code).not.toBe(0)
  expect(err).toContain(`Porchlight's server needs Node 22.13 or newer; this is ${oldest}.`)
})

/** Bundles for Node, to have something that runs. */
function bundle({ folder }: Project, entry: string, more: InlineConfig = {}) {
  const output = { entryFileNames: 'bundle.mjs', codeSplitting: false }
  return build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: true, outDir: 'out', rolldownOptions: { input: entry, output } },
    ...more,
  })
}

test('all doors, through a bundler', async ({ project }) => {
  const imports = Object.keys(DOORS).map((door, at) => `import * as door${at} from '${door}'`)
  const uses = Object.keys(DOORS).map((_, at) => `console.log(Object.keys(door${at}).sort().join())`)
  await project.write('entry.mjs', [...imports, ...uses].join('\n'))
  await bundle(project, 'entry.mjs')
  const { code, out } = await project.run(process.execPath, 'out/bundle.mjs')
  expect([code, out.split('\n')]).toEqual([0, Object.values(DOORS).map((names) => names.join())])
})

test('porchlight in React Native is what porchlight/react-native is, and asks for no peer', async ({ project }) => {
  await project.write(
    'entry.mjs',
    "import sdk, { init } from 'porchlight'\nconsole.log([sdk.init === init, String(init).includes('AsyncStorage')].join())",
  )
  await bundle(project, 'entry.mjs', { ssr: { noExternal: true, resolve: { conditions: ['react-native'] } } })
  expect(await project.run(process.execPath, 'out/bundle.mjs')).toMatchObject({ code: 0, out: 'true,true' })
})

const USES = `
import sdk, { CustomerSDK, init, version, type ChatEvent, type Config } from 'porchlight'
import { initAgent, type AgentSDK } from 'porchlight/agent'
import { Porchlight, type Options } from 'porchlight/widget'

const config: Config = { license: 1, clientId: 'demo', server: 'https://chat.example.com' }
export const client: CustomerSDK = init(config)
export const sent: Promise<ChatEvent> = client.sendMessage('chat', { text: version })
export const same: typeof init = sdk.init
export const agent: AgentSDK = initAgent({ server: 'https://chat.example.com' })
export const options: Options = { license: 1, clientId: 'demo' }
export const opened = () => Porchlight.open()
// @ts-expect-error a message has a text
client.sendMessage('chat', {})
`
const USES_REQUIRE = `
import porchlight = require('porchlight')
import agent = require('porchlight/agent')
import widget = require('porchlight/widget')

export const client: porchlight.CustomerSDK = porchlight.init({ license: 1, clientId: 'demo' })
export const same: typeof porchlight.init = porchlight.default.init
export const made: agent.AgentSDK = agent.initAgent({ server: 'https://chat.example.com' })
export const opened = () => widget.Porchlight.open()
// @ts-expect-error there is no such member
porchlight.start()
`
const USES_NATIVE = `
import { createElement } from 'react'
import { AuthWebView, init, type NativeConfig } from 'porchlight/react-native'

const config: NativeConfig = { license: 1, clientId: 'app', server: 'https://chat.example.com', redirectUri: 'lantern://chat' }
export const sent = init(config).sendMessage('chat', { text: 'Hi!' })
export const view = createElement(AuthWebView)
// @ts-expect-error an app has no script tag that would tell the server
init({ license: 1, clientId: 'app' })
`
/** Libraries are checked as well: what the package declares must hold without a package of its own. */
const COMPILER = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2022', types: [] }

for (const [name, options] of Object.entries({
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  node16: { module: 'node16', moduleResolution: 'node16' },
})) {
  test(`the types, with moduleResolution ${name}`, async ({ project }) => {
    await project.write('uses.mts', USES)
    if (name === 'node16') await project.write('uses.cts', USES_REQUIRE)
    const lib = ['es2022', 'dom']
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...COMPILER, ...options, lib }, include: ['uses.*'] }))
    expect(await project.tsc()).toEqual({ code: 0, out: '', err: '' })
  })

  test(`the types of porchlight/react-native, with moduleResolution ${name}`, async ({ project }) => {
    for (const peer of ['react', '@types/react', 'csstype']) await project.borrow(peer)
    await project.write('uses.mts', USES_NATIVE)
    const lib = ['es2022', 'dom']
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...COMPILER, ...options, lib }, include: ['uses.*'] }))
    expect(await project.tsc()).toEqual({ code: 0, out: '', err: '' })
  })
}

const USES_COMPONENTS = {
  react: `
import { createElement } from 'react'
import { Porchlight, type PorchlightProps, usePorchlight, useUnread, useWidgetState } from 'porchlight/react'

const props: PorchlightProps = { license: 1, clientId: 'shop', server: 'https://chat.example.com', theme: 'dark', className: 'chat' }
export const chat = createElement(Porchlight, { ...props, onUnread: (count) => count.toFixed() })
export const opened: Promise<void> = usePorchlight().open()
export const shown = useWidgetState() === 'open' ? useUnread() + 1 : 0
// @ts-expect-error a server is needed
createElement(Porchlight, { license: 1, clientId: 'shop' })
// @ts-expect-error there is no such theme
createElement(Porchlight, { ...props, theme: 'pink' })
`,
  vue: `
import { h } from 'vue'
import { Porchlight, type PorchlightProps, usePorchlight, useUnread, useWidgetState } from 'porchlight/vue'

const props: PorchlightProps = { license: 1, clientId: 'shop', server: 'https://chat.example.com', theme: 'dark' }
export const chat = h(Porchlight, { ...props, class: 'chat', onUnread: (count) => count.toFixed() })
export const opened: Promise<void> = usePorchlight().open()
export const shown = useWidgetState().value === 'open' ? useUnread().value + 1 : 0
// @ts-expect-error a server is needed
const lacking: PorchlightProps = { license: 1, clientId: 'shop' }
// @ts-expect-error there is no such theme
h(Porchlight, { ...props, theme: 'pink' })
`,
}
const NEEDED_BY = { react: ['react', '@types/react', 'csstype'], vue: ['vue', '@vue/runtime-dom', '@vue/compiler-dom', 'csstype'] }

for (const framework of ['react', 'vue'] as const) {
  for (const options of [
    { module: 'esnext', moduleResolution: 'bundler' },
    { module: 'node16', moduleResolution: 'node16' },
  ]) {
    test(`the types of porchlight/${framework}, with moduleResolution ${options.moduleResolution}`, async ({ project }) => {
      for (const peer of NEEDED_BY[framework]) await project.borrow(peer)
      await project.write('uses.mts', USES_COMPONENTS[framework])
      const compilerOptions = { ...COMPILER, ...options, lib: ['es2022', 'dom'], skipLibCheck: framework === 'vue' }
      await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['uses.*'] }))
      expect(await project.tsc()).toEqual({ code: 0, out: '', err: '' })
    })
  }
}

test('porchlight/react says to servers that it is for the browser', async ({ project }) => {
  for (const file of ['index.js', 'index.cjs']) {
    expect(await readFile(project.path(`node_modules/porchlight/dist/react/${file}`), 'utf8')).toMatch(/^['"]use client['"];?/)
  }
})

test('the types of the client without a page, and as React Native’s compilers find them', async ({ project }) => {
  // The two names of the web that they ask for, which the types of Node and of React Native have as well.
  await project.write('uses.d.ts', 'interface AbortSignal {}\ninterface FormData {}')
  await project.write(
    'uses.mts',
    "import { init } from 'porchlight'\nexport const sdk = init({ license: 1, clientId: 'app', server: 'https://chat.example.com' })",
  )
  for (const options of [{}, { customConditions: ['react-native'] }]) {
    const compilerOptions = { ...COMPILER, module: 'esnext', moduleResolution: 'bundler', lib: ['es2022'], ...options }
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['uses.*'] }))
    expect(await project.tsc()).toEqual({ code: 0, out: '', err: '' })
  }
})
