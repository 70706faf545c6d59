// What Vite makes of the sources: the page under development, and every bundle of a release, one row each.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { minify } from 'terser'
import { defineConfig, type InlineConfig, type Plugin } from 'vite'

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

const weight = (code: string) => brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

/**
 * What the parts of a client call each other by, and nobody else: they are all in the one file, so these may be short there.
 * A name that anything outside knows must not be among them: the wire, the page, what is stored, other tabs, and the
 * modules that are loaded later.
 */
const amongParts = [
  'on(Wake|Lost|Welcome|Push|State|Reason)|openLink|openChannel|exclusively|flush|settle|wanted|catching|held|watched|decided|appeared',
  'recover|welcome|pageSize|renew|replaced|members|provisional|lost|fold|guest|details|refused|want|answered|goesBy',
]

/** The same for Preact and our views. */
const amongViews = [
  'component(WillMount|DidMount|WillReceiveProps|WillUpdate|DidUpdate|WillUnmount|DidCatch)|(set|force)(State|Update)',
  'shouldComponentUpdate|getSnapshotBeforeUpdate|getDerivedStateFrom(Props|Error)|getChildContext|contextType|debounceRendering',
  'props|current|diffed|vnode|on(Retry|Discard|AtEnd|LoadOlder|NearStart|NearEnd|Follow|List|Pick|Refusal)|hasOlder|seenSeq',
  'conversation|focusSoon|touch|faces|addStyles|allowStorage|typists|drafts|lastChat|loadOlder|isTyping|areTyping|theirs|replica',
  'begun|directed|setOpen|provisionalId|setSneakPeek|showNew|bringing|closeWord|toEarlier|toLatest|toLater|rowKey|onText|onSend|onClose',
  'drain|label|total|noteBy|joined|rated|environment|connection|outbox|retryable|clock|discard|render|Provider|real|learn|older|begin|look|words|session|isOpen|following|picture|people|delivery|fresh|announce|loaded|subscribe|shown|built|remember|visitor',
]

/** Ways to write the same script. Which is the lightest on the wire is seen only by trying. */
const WAYS = [
  {},
  {},
  { hoist_funs: true },
  { unsafe_methods: true },
  { arrows: false },
  { conditionals: false },
  { unsafe: true },
  { inline: 1 },
  { reduce_vars: false },
  {},
] as const

/** Tokens of measure and motion. Those of colour, shape and type keep their names, as sites restyle by them. */
const measures = /--pl-(space-\d+|[a-z]+-line|weight-[a-z]+|quick|slow|beat|ease-[a-z]+|target|caption|title|meta|rem)(?![\w-])/g

/** Measures go by numbers, and tokens that nothing here uses are left out. */
function withShortTokens(code: string): string {
  const used = code.replace(/(--pl-[a-z0-9-]+):[^;{}]*;?/g, (rule, name) => (code.includes(`var(${name}`) ? rule : ''))
  const names = [...new Set(used.match(measures))]
  return used.replace(measures, (name) => `--pl-${names.indexOf(name).toString(36)}`)
}

/**
 * Over what Vite has minified, again as long as that helps: three in a hundred smaller, worth it for what every visitor
 * loads. `short` names may become so.
 */
const smallest = (short?: string[]): Plugin => ({
  name: 'porchlight:smallest',
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      chunk.code = withShortTokens(chunk.code)
      for (const way of WAYS) {
        const { code } = await minify(chunk.code, {
          ecma: 2020,
          mangle: short ? { properties: { builtins: true, regex: new RegExp(`^(${short.join('|')})$`) } } : true,
          compress: { passes: 3, unsafe_arrows: true, keep_fargs: false, ...way },
        })
        if (code && weight(code) < weight(chunk.code)) chunk.code = code
      }
    }
  },
})

/**
 * The customer SDK's other module is a file of its own, loaded when it is first used. `later.ts` says where it is: beside a
 * door of the package, or at the address of its version on the server that the script came from. A page remembers the
 * addresses of modules that failed to load, so that every try has another.
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
const atServer = apart(
  `scriptOrigin + '/assets/${version}/${more}?' + tries++`,
  `import { scriptOrigin } from '../kit/browser.ts'\nlet tries = 0`,
)
const beside = apart(`'./${more}'`)

/** A script for a page of any age and any site: one file with everything inside. The source exports its global by name. */
function script(name: string, entry: string, budget: number, global?: string, short = amongParts): Bundle {
  const code = global ? `export { ${global} as default } from '/${entry}'` : `import '/${entry}'`
  const asGlobal = { name: 'door', exports: 'default', postBanner: '(function(){', postFooter: handOver(global ?? '') } as const
  const plain = { format: 'iife', entryFileNames: `public/${name}.js`, codeSplitting: false } as const
  const output = global ? { ...plain, ...asGlobal } : plain
  // Every byte counts on every page of every site.
  const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const
  const rolldownOptions = { input: { [name]: 'porch' }, preserveEntrySignatures: 'strict', optimization, output } as const
  const vite = common({ plugins: [porch(code), atServer, smallest(short)], build: { target: 'es2022', rolldownOptions } })
  return { entry, output: `public/${name}.js`, budget, vite }
}

/** What is short in a script goes by its whole name here, and neither would know the other's. */
const apartFromParts: Plugin = {
  name: 'porchlight:apart-from-parts',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      const [crossing] = chunk.type === 'chunk' ? (chunk.code.match(new RegExp(`[.{,](${amongParts.join('|')})\\b(?!["'])`)) ?? []) : []
      if (crossing) this.error(`"${crossing}" is among the names that are short in the scripts`)
    }
  },
}

/** A module that a script loads by itself, with everything inside. */
function late(name: string, entry: string, budget: number): Bundle {
  const output = { format: 'es', entryFileNames: `public/${name}.js`, codeSplitting: false } as const
  const rolldownOptions = { input: { [name]: source(entry) }, preserveEntrySignatures: 'strict', output } as const
  return {
    entry,
    output: `public/${name}.js`,
    budget,
    vite: common({ plugins: [apartFromParts, smallest()], build: { target: 'es2022', rolldownOptions } }),
  }
}

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
  script('widget', 'src/widget/index.ts', 30_000, 'Porchlight', [...amongParts, ...amongViews]),
  script('loader', 'src/widget/loader.ts', 3_000),
  script('customer-sdk', 'src/sdk/customer/index.ts', 9_000, 'CustomerSDK'),
  late('customer-more', 'src/sdk/customer/more.ts', 6_000),
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
