// What Vite makes of the sources: the page under development, and every bundle of a release, one row each.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defineConfig, type InlineConfig, type Plugin } from 'vite'
import { fingerprint } from './.ci/freshness.mjs'
import { asFunction, fromKit, fromServer, modulesOf } from './.ci/later.mjs'
import { ofClients, ofFaces, smallest } from './.ci/smallest.mjs'

const root = import.meta.dirname
const source = (path: string) => join(root, path)
const { version }: { version: string } = JSON.parse(readFileSync(source('package.json'), 'utf8'))

/** Preact's JSX, wherever there is any. */
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const

/** One bundle: where it starts, what comes out under `dist/`, and what a script may weigh in bytes after brotli. */
export interface Bundle {
  readonly entry: string
  readonly output: string
  readonly budget?: number
  readonly vite: InlineConfig
}

/** What every bundle has in common. */
function common(vite: InlineConfig): InlineConfig {
  // What took how long is nobody's news.
  const rolldownOptions = { checks: { pluginTimings: false }, ...vite.build?.rolldownOptions }
  const build = {
    emptyOutDir: false,
    modulePreload: false,
    reportCompressedSize: false,
    cssTarget: 'esnext',
    ...vite.build,
    rolldownOptions,
  } as const
  return { root, oxc, configFile: false, publicDir: false, logLevel: 'warn', ...vite, build }
}

/** A module that exists only while building: it stands before a source and is where the bundle starts. */
function porch(code: string, also: Record<string, string> = {}): Plugin {
  const modules = new Map(Object.entries({ porch: code, ...also }))
  return {
    name: 'porchlight:porch',
    enforce: 'pre',
    resolveId: (id) => (modules.has(id) ? `\0${id}` : undefined),
    load: (id) => modules.get(id.slice(1)),
  }
}

/**
 * How a script hands over what it made. Its global is always set; an AMD loader gets it only if it asked for this very script,
 * because an anonymous `define` breaks other people's pages; and `module.exports` counts only outside a script tag.
 */
const handOver = (name: string) => `var s=globalThis.document?.currentScript;globalThis.${name}=door;
s?s.dataset.requiremodule&&define(function(){return door}):typeof module=="object"&&(module.exports=door)})();`

/**
 * The customer SDK's other module is a file of its own, loaded when it is first used. `later.ts` says where it is: beside a
 * door of the package, or at the address of its version on the server that the script came from. A page remembers the
 * addresses of modules that failed to load, so that every try has another; they begin elsewhere for each state of the sources, as a browser may
 * have kept for a year what it had from a clone of the same version.
 */
function apart(address: string, also = ''): Plugin {
  return {
    name: 'porchlight:apart',
    enforce: 'pre',
    resolveId: (id) => (id === `./${more}` ? { id, external: true } : undefined),
    load: (id) => (id === source('src/sdk/customer/later.ts') ? `${also}\nexport const loadMore = () => import(${address})` : undefined),
  }
}

const more = 'customer-more.js'
const firstTry = Number.parseInt(fingerprint().slice(0, 8), 16) % 10_000
const atServer = apart(
  `scriptOrigin + '/assets/${version}/${more}?' + tries++`,
  `import { scriptOrigin } from '../kit/browser.ts'\nlet tries = ${firstTry}`,
)
const table = source('src/widget/later.ts')
const kit = source('src/widget/kit.ts')
const ofWidget = fromServer({ table, kit, address: (name) => `/assets/${version}/widget-${name}.js`, firstTry })
const beside = apart(`'./${more}'`)

/** A script for a page of any age and any site: one file with everything inside. The source exports its global by name. */
function script(name: string, entry: string, budget: number, global?: string, names = ofClients): Bundle {
  const code = global ? `export { ${global} as default } from '/${entry}'` : `import '/${entry}'`
  const asGlobal = { name: 'door', exports: 'default', postBanner: '(function(){', postFooter: handOver(global ?? '') } as const
  const plain = { format: 'iife', entryFileNames: `public/${name}.js`, codeSplitting: false } as const
  const output = global ? { ...plain, ...asGlobal } : plain
  // Every byte counts on every page of every site.
  const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const
  const rolldownOptions = { input: { [name]: 'porch' }, preserveEntrySignatures: 'strict', optimization, output } as const
  const vite = common({
    plugins: [porch(code), atServer, ofWidget, smallest({ names, script: name })],
    build: { target: 'es2022', rolldownOptions },
  })
  return { entry, output: `public/${name}.js`, budget, vite }
}

/** A module that a script loads by itself, with everything inside. */
function late(name: string, entry: string, budget: number): Bundle {
  const output = { format: 'es', entryFileNames: `public/${name}.js`, codeSplitting: false } as const
  const rolldownOptions = { input: { [name]: source(entry) }, preserveEntrySignatures: 'strict', output } as const
  return {
    entry,
    output: `public/${name}.js`,
    budget,
    vite: common({
      plugins: [smallest({ names: ofClients, script: 'customer-sdk', later: true })],
      build: { target: 'es2022', rolldownOptions },
    }),
  }
}

/** Modules that the widget loads when it first needs them. */
const widgetModules = (): Bundle[] =>
  modulesOf(table).map(({ name, entry }) => {
    const output = { ...asFunction, entryFileNames: `public/widget-${name}.js`, codeSplitting: false } as const
    const rolldownOptions = { input: { [name]: entry }, preserveEntrySignatures: 'strict', output } as const
    const plugins = [fromKit(kit), smallest({ names: ofClients + ofFaces, script: 'widget', later: true })]
    const vite = common({ plugins, build: { target: 'es2022', rolldownOptions } })
    return { entry: relative(root, entry), output: `public/widget-${name}.js`, budget: 5_000, vite }
  })

/** A form in which a door is made. */
interface Form {
  readonly format: 'es' | 'cjs'
  readonly ending: string
  readonly plugins: Plugin[]
}
const imported: Form = { format: 'es', ending: 'js', plugins: [beside] }
/** Whoever requires a door has all of it at once. */
const required: Form = { format: 'cjs', ending: 'cjs', plugins: [] }
const BOTH = [imported, required]

/** A door of the npm package, its libraries inside. */
const door = (output: string, entry: string, forms = BOTH): Bundle[] =>
  forms.map(({ format, ending, plugins }) => {
    const fileName = `${output}.${ending}`
    const rolldownOptions = { output: { exports: 'named', codeSplitting: false } } as const
    const lib = { entry: source(entry), formats: [format], fileName: () => fileName }
    return { entry, output: fileName, vite: common({ plugins, build: { target: 'es2022', lib, rolldownOptions } }) }
  })

/** React Native's two doors share their modules, or the component would not know of what the SDK asks; what they render with is the app's. */
function native(): Bundle {
  const entry = { index: source('src/native/index.ts'), init: source('src/native/init.ts') }
  const output = BOTH.map(({ format, ending }) => ({
    format,
    exports: 'named' as const,
    entryFileNames: `native/[name].${ending}`,
    chunkFileNames: `native/sdk.${ending}`,
  }))
  const rolldownOptions = { external: ['react', 'react-native-webview'], output }
  const vite = common({ build: { target: 'es2022', lib: { entry }, rolldownOptions } })
  return { entry: 'src/native/index.ts', output: 'native/index.js', vite }
}

/** A page that the server serves under its own address. Nothing inline, so that a strict policy can stand before it. */
function page(name: string): Bundle {
  const entry = `src/${name}/index.html`
  const build = { target: 'es2022', assetsInlineLimit: 0, outDir: `public/${name}` }
  return { entry, output: `public/${name}/index.html`, vite: common({ root: source(`src/${name}`), base: `/${name}/`, build }) }
}

/** Node 22.13 is the first whose `node:sqlite` needs no flag. An older one is refused in one sentence, before anything is loaded. */
const floor = `
const [major, minor] = process.versions.node.split('.').map(Number)
export const tooOld = major > 22 || (major === 22 && minor >= 13)
  ? undefined : "Porchlight's server needs Node 22.13 or newer; this is " + process.version + '.'`
const command = `#!/usr/bin/env node
import { tooOld } from 'floor'
if (tooOld) {
  console.error(tooOld)
  process.exit(1)
}
await import('/src/server/cli.ts')`
/** Imported late, because a Node that lacks it would fail with a riddle before any of our code runs. */
const sqlite = `
import { tooOld } from 'floor'
if (tooOld) throw new Error(tooOld)
export const { DatabaseSync, StatementSync, constants, backup } = process.getBuiltinModule('node:sqlite')`

/** The command and the server's door share their modules, so they are made together; only Node's own modules stay outside. */
function server(): Bundle {
  const input = { cli: 'porch', index: source('src/server/index.ts') }
  const chunkFileNames = ({ name }: { name: string }) => `server/${name === 'cli' ? 'main' : name.replace('_', '')}.js`
  const output = { format: 'es', entryFileNames: 'server/[name].js', chunkFileNames } as const
  const vite = common({
    plugins: [porch(command, { floor, 'node:sqlite': sqlite })],
    ssr: { noExternal: true },
    build: { ssr: true, target: 'node22', rolldownOptions: { input, output } },
  })
  return { entry: 'src/server/cli.ts', output: 'server/cli.js', vite }
}

/** Everything in `dist/` that is made of TypeScript. Raising a budget is a commit of its own, with the table of bytes. */
export const bundles: readonly Bundle[] = [
  script('widget', 'src/widget/index.ts', 30_000, 'Porchlight', ofClients + ofFaces),
  script('loader', 'src/widget/loader.ts', 3_000, undefined, ''),
  script('customer-sdk', 'src/sdk/customer/index.ts', 9_000, 'CustomerSDK'),
  late('customer-more', 'src/sdk/customer/more.ts', 6_500),
  ...widgetModules(),
  ...door('sdk/customer', 'src/sdk/customer/index.ts'),
  ...door('sdk/customer-more', 'src/sdk/customer/more.ts', [imported]),
  ...door('sdk/agent', 'src/sdk/agent/index.ts'),
  ...door('widget/index', 'src/widget/index.ts'),
  native(),
  page('inbox'),
  page('native'),
  server(),
]

/** The development page, with a server started beside it by \`npm start\`. */
export default defineConfig({
  oxc,
  server: {
    port: 4601,
    proxy: { '/v1': { target: 'http://127.0.0.1:4600', ws: true }, '/files': 'http://127.0.0.1:4600' },
  },
})
