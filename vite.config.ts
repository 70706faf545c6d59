// What Vite makes of the sources: the page under development, and every bundle of a release, one row each.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defineConfig, type InlineConfig, type Plugin } from 'vite'
import { fingerprint } from './.ci/freshness.mjs'
import { asFunction, fromBeside, fromKit, fromServer, modulesOf } from './.ci/later.mjs'
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
  // What took how long is nobody's news, and React's door keeps its directive: a test reads it.
  const checks = { pluginTimings: false, moduleLevelDirective: false }
  const rolldownOptions = { checks, ...vite.build?.rolldownOptions }
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
const handOver = (name: string) => `var s=globalThis.document?.currentScript;globalThis${called(name)}=door;
s?s.dataset.requiremodule&&define(function(){return door}):typeof module=="object"&&(module.exports=door)})();`

/** A page may have several widgets, each under a name of its own. */
const called = (name: string) => (name === 'Porchlight' ? `[s&&s.dataset.global||"${name}"]` : `.${name}`)

/** Scripts that load more when it is wanted: what `table` lists, given what `kit` lists; `names` are short in all of it. */
const sdk = { script: 'customer-sdk', prefix: 'customer', table: source('src/sdk/customer/later.ts'), names: ofClients }
const widget = {
  script: 'widget',
  prefix: 'widget',
  table: source('src/widget/later.ts'),
  kit: source('src/widget/kit.ts'),
  names: ofClients + ofFaces,
}
/** Always of four digits, or the weight would come and go. */
const firstTry = 1_000 + (Number.parseInt(fingerprint().slice(0, 8), 16) % 9_000)
const atServer = [sdk, widget].map(({ prefix, ...files }) =>
  fromServer({ ...files, firstTry, address: (name) => `/assets/${version}/${prefix}-${name}.js` }),
)

/** A script for a page of any age and any site: one file with everything inside. The source exports what its global is, by that name or another. */
function script(name: string, entry: string, budget: number, global?: string, names = ofClients, made = global): Bundle {
  const code = made ? `export { ${made} as default } from '/${entry}'` : `import '/${entry}'`
  const asGlobal = { name: 'door', exports: 'default', postBanner: '(function(){', postFooter: handOver(global ?? '') } as const
  const plain = { format: 'iife', entryFileNames: `public/${name}.js`, codeSplitting: false } as const
  const output = global ? { ...plain, ...asGlobal } : plain
  // Every byte counts on every page of every site.
  const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const
  const rolldownOptions = { input: { [name]: 'porch' }, preserveEntrySignatures: 'strict', optimization, output } as const
  const vite = common({
    plugins: [porch(code), ...atServer, smallest({ names, script: name, isPainted: names !== ofClients })],
    build: { target: 'es2022', rolldownOptions },
  })
  return { entry, output: `public/${name}.js`, budget, vite }
}

/** What a script loads when it is wanted, each a file of its own. */
const late = ({ script, prefix, table, kit, names }: typeof sdk & { readonly kit?: string }, budget: number): Bundle[] =>
  modulesOf(table).map(({ name, entry }) => {
    const file = `public/${prefix}-${name}.js`
    const output = { ...(kit ? asFunction : { format: 'es' as const }), entryFileNames: file, codeSplitting: false } as const
    const rolldownOptions = { input: { [name]: entry }, preserveEntrySignatures: 'strict', output } as const
    const plugins = [...(kit ? [fromKit(kit)] : []), smallest({ names, script, later: true, isPainted: Boolean(kit) })]
    return { entry: relative(root, entry), output: file, budget, vite: common({ plugins, build: { target: 'es2022', rolldownOptions } }) }
  })

/** A form in which a door is made. */
interface Form {
  readonly format: 'es' | 'cjs'
  readonly ending: string
  readonly plugins: Plugin[]
}
const beside = fromBeside({ ...sdk, address: (name) => `./${sdk.prefix}-${name}.js` })
const imported: Form = { format: 'es', ending: 'js', plugins: [beside] }
/** Whoever requires a door has all of it at once. */
const required: Form = { format: 'cjs', ending: 'cjs', plugins: [] }
const BOTH = [imported, required]

/** A door of the npm package, its libraries inside. */
const door = (output: string, entry: string, forms = BOTH, external: (string | RegExp)[] = [/^node:/]): Bundle[] =>
  forms.map(({ format, ending, plugins }) => {
    const fileName = `${output}.${ending}`
    const rolldownOptions = { external, output: { exports: 'named', codeSplitting: false } } as const
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
  script('widget', 'src/widget/index.ts', 30_000, 'Porchlight', widget.names),
  script('loader', 'src/widget/loader.ts', 3_000, undefined, ''),
  script('customer-sdk', 'src/sdk/customer/index.ts', 9_000, 'CustomerSDK'),
  script('rich', 'src/sdk/rich/index.ts', 4_000, 'PorchlightRich', ofClients, 'rich'),
  ...late(sdk, 6_750),
  ...late(widget, 6_000),
  ...door('sdk/customer', 'src/sdk/customer/index.ts'),
  ...door('sdk/customer-more', 'src/sdk/customer/more.ts', [imported]),
  ...door('sdk/agent', 'src/sdk/agent/index.ts'),
  ...door('sdk/rich', 'src/sdk/rich/index.ts'),
  ...door('server-sdk/index', 'src/server-sdk/index.ts'),
  ...door('widget/index', 'src/widget/index.ts'),
  ...door('react/index', 'src/react/index.ts', BOTH, ['react']),
  ...door('vue/index', 'src/vue/index.ts', BOTH, ['vue']),
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
