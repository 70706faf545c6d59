/** The walls: who may import whom, where each package enters, and what no file of ours may do. `src/README.md` is the map of the same house. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync, Visitor } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import { leaks } from '../.ci/doors.mjs'
import { run } from '../.ci/node.mjs'

const root = join(import.meta.dirname, '..')

/** What each part may import besides itself. A part is a folder or a file; the longest name that fits a file is its part. */
const walls: Record<string, readonly string[]> = {
  protocol: [],
  'sdk/kit': ['protocol'],
  'sdk/wire': ['protocol', 'sdk/kit'],
  'sdk/core': ['protocol', 'sdk/kit', 'sdk/wire'],
  'sdk/customer': ['protocol', 'sdk/kit', 'sdk/wire', 'sdk/core'],
  'sdk/agent': ['protocol', 'sdk/kit', 'sdk/wire', 'sdk/core'],
  'sdk/rich': ['protocol', 'sdk/kit'],
  ui: ['protocol'],
  widget: ['protocol', 'sdk/kit', 'sdk/customer', 'ui'],
  inbox: ['protocol', 'sdk/kit', 'sdk/agent', 'ui'],
  native: ['protocol', 'sdk/kit', 'sdk/customer'],
  embed: ['widget'],
  react: ['embed', 'widget'],
  vue: ['embed', 'widget'],
  'server-sdk': ['protocol'],
  'server/domain': ['protocol', 'server/store', 'server/bus/bus.ts', 'server/files/files.ts'],
  'server/gateway': ['protocol', 'server/domain', 'server/store', 'server/bus/bus.ts', 'server/files/files.ts'],
  'server/worker': ['protocol', 'server/domain', 'server/store', 'server/bus/bus.ts', 'server/files/files.ts'],
  // The files that lie directly in `store/` are its interface; each implementation is a folder that knows no other.
  'server/store': ['protocol'],
  'server/store/migrations': ['server/store'],
  'server/store/sqlite': ['protocol', 'server/store', 'server/store/migrations'],
  'server/store/postgres': ['protocol', 'server/store', 'server/store/migrations'],
  'server/bus/bus.ts': ['protocol', 'server/store'],
  'server/bus': ['protocol', 'server/store', 'server/bus/bus.ts'],
  'server/files/files.ts': ['protocol'],
  'server/files': ['protocol', 'server/files/files.ts'],
}
/** The composition root sees all of the server; tests and what serves only them see everything. */
const seesAllOfServer = 'server'
const onlyForTests = 'testing'

/** Where each package enters: by one file of each part for each name it is imported under, unless a reason says otherwise. */
const packages: Record<string, { parts: readonly string[]; anyFile?: string }> = {
  typebox: { parts: ['protocol'] },
  'idb-keyval': { parts: ['sdk/kit'] },
  preact: { parts: ['ui', 'widget', 'inbox'], anyFile: 'views are written in it' },
  '@preact/signals': { parts: ['ui', 'widget', 'inbox'], anyFile: 'views are written in it' },
  react: { parts: ['native', 'react'] },
  vue: { parts: ['vue'] },
  'react-native-webview': { parts: ['native'] },
  fastify: { parts: ['server/gateway'] },
  '@fastify/busboy': { parts: ['server/gateway'] },
  'file-type': { parts: ['server/gateway'] },
  'image-size': { parts: ['server/gateway'] },
  ws: { parts: ['server/gateway'] },
  jose: { parts: ['server/gateway'] },
  pino: { parts: ['server'] },
}

const browserParts = ['sdk', 'ui', 'widget', 'inbox', 'native', 'embed', 'react', 'vue']
/** Time and chance come from outside here, so that a test can hold them. */
const injectedParts = ['sdk/wire', 'sdk/core', 'sdk/customer', 'sdk/agent', 'sdk/rich', 'server/domain', 'server/worker']
const drawers = ['shared', 'common', 'utils', 'util', 'helpers', 'helper', 'lib', 'misc']
const htmlSinks =
  /^(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc|srcDoc|createContextualFragment|setHTML|setHTMLUnsafe|parseFromString|parseHTMLUnsafe)$/
const timers = /^(setTimeout|setInterval|setImmediate|requestAnimationFrame|requestIdleCallback)$/
const chances = /^(randomUUID|randomBytes|randomInt|getRandomValues)$/
const topLevel = [
  ...['src', 'public', 'demo', 'e2e', 'docs', '.ci', '.git', 'index.html', 'README.md', 'LICENSE', 'CHANGELOG.md'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json', 'vite.config.ts', 'vitest.config.ts'],
  ...['playwright.config.ts', 'biome.json', 'knip.json', '.gitignore', '.editorconfig', '.npmrc'],
]

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
  readonly late: boolean
}
interface Source {
  readonly path: string
  readonly imports: readonly Import[]
  /** What it does that some rule speaks of: `process.env`, `Date.now`, `innerHTML` … */
  readonly deeds: readonly string[]
  /** The words of the comment it opens with. */
  readonly opening: readonly string[]
}

/** Resolves an import to a path below `src`, or leaves a package's name as it is. */
const resolve = (from: string, name: string) => (name.startsWith('.') ? join(dirname(from), name) : name).replace(/\?.*$/, '')

function importsOf(path: string, code: string, module: ReturnType<typeof parseSync>['module']): Import[] {
  const edge = (name: string, typeOnly: boolean, late = false) => ({ from: path, to: resolve(path, name), typeOnly, late })
  const allTypes = (entries: readonly { isType: boolean }[]) => entries.length > 0 && entries.every(({ isType }) => isType)
  const imports = module.staticImports.map(({ moduleRequest, entries }) => edge(moduleRequest.value, allTypes(entries)))
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [edge(moduleRequest.value, isType)] : [])),
  )
  const late = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(code.slice(moduleRequest.start, moduleRequest.end))
    return literal?.[1] ? [edge(literal[1], false, true)] : []
  })
  return [...imports, ...exports, ...late]
}

/** The name that an expression goes by, as far as it has one. */
const nameOf = (node: object) => {
  const name = 'name' in node ? node.name : 'value' in node ? node.value : undefined
  return typeof name === 'string' ? name : ''
}

function deedsOf(program: ReturnType<typeof parseSync>['program']): string[] {
  const deeds: string[] = []
  new Visitor({
    MemberExpression({ object, property }) {
      const member = nameOf(property)
      const whole = `${nameOf(object)}.${member}`
      if (htmlSinks.test(member) || chances.test(member)) deeds.push(member)
      if (/^(process\.env|Date\.now|performance\.now|Math\.random|document\.write(ln)?)$/.test(whole)) deeds.push(whole)
    },
    JSXAttribute({ name }) {
      if (htmlSinks.test(nameOf(name))) deeds.push(nameOf(name))
    },
    CallExpression({ callee }) {
      const name = nameOf(callee)
      if (timers.test(name) || chances.test(name) || name === 'eval') deeds.push(name)
    },
    NewExpression({ callee, arguments: given }) {
      if (nameOf(callee) === 'Date' && given.length === 0) deeds.push('new Date()')
      if (nameOf(callee) === 'Function') deeds.push('new Function')
    },
  }).visit(program)
  return deeds
}

function read(path: string, code: string): Source {
  const { program, module, comments } = parseSync(path, code)
  const [first] = comments.filter(({ start }) => code.slice(0, start).trim() === '')
  const opening = first?.value.match(/\S*\w\S*/g) ?? []
  return { path, imports: importsOf(path, code, module), deeds: deedsOf(program), opening }
}

const isBelow = (path: string, part: string) => path === part || path.startsWith(`${part}/`)
const isTest = (path: string) => /\.(test|contract)\.tsx?$/.test(path) || isBelow(path, onlyForTests)
const isPackage = (name: string) => !/\.\w+$/.test(name) || name.startsWith('node:')
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

function partOf(path: string): string | undefined {
  const fitting = Object.keys(walls).filter((part) => isBelow(path, part))
  return fitting.sort((a, b) => b.length - a.length)[0]
}

/** Imports that climb over a wall. */
function breaches(sources: readonly Source[]): string[] {
  const mayImport = (from: string, to: string) => {
    const [own, other] = [partOf(from), partOf(to)]
    if (own === undefined) return isBelow(from, seesAllOfServer) && (isBelow(to, seesAllOfServer) || isBelow(to, 'protocol'))
    return own === other || walls[own]?.some((part) => part === (other ?? to)) === true
  }
  return sources
    .filter(({ path }) => !isTest(path))
    .flatMap(({ imports }) => imports)
    .filter(({ to }) => !isPackage(to))
    .filter(
      ({ from, to, typeOnly }) =>
        isTest(to) || !mayImport(from, to) || (/^(embed|react|vue)\//.test(from) && !typeOnly && partOf(to) === 'widget'),
    )
    .map(({ from, to }) => `${from} imports ${to}`)
}

/** Packages where they have no business, or entering by a second file. Naming a package's types is no entrance. */
function trespasses(sources: readonly Source[]): string[] {
  const entrances = new Map<string, Set<string>>()
  const found: string[] = []
  for (const { from, to, typeOnly } of sources.filter(({ path }) => !isTest(path)).flatMap(({ imports }) => imports)) {
    if (!isPackage(to)) continue
    const rule = packages[packageOf(to)]
    const parts = to.startsWith('node:') ? ['server', 'server-sdk'] : (rule?.parts ?? [])
    const part = parts.find((part) => isBelow(from, part))
    const entrance = `${to} in ${part}`
    if (part === undefined) found.push(`${from} imports ${to}`)
    else if (rule && !rule.anyFile && !typeOnly) entrances.set(entrance, (entrances.get(entrance) ?? new Set()).add(from))
  }
  const crowded = [...entrances].filter(([, files]) => files.size > 1)
  return [...found, ...crowded.map(([name, files]) => `${name} enters by ${[...files].join(' and ')}`)]
}

/** Everything that runs, or comes along, when a file is imported: its imports without those of types. */
function closure(sources: readonly Source[], start: string): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set([start])
  for (const path of reached) {
    for (const { to, typeOnly, late } of byPath.get(path)?.imports ?? []) if (!typeOnly && !late) reached.add(to)
  }
  return [...reached]
}

/** Files that import one another in a ring. */
function rings(sources: readonly Source[]): string[] {
  const isInRing = ({ path, imports }: Source) =>
    imports.some(({ to, typeOnly, late }) => !typeOnly && !late && closure(sources, to).includes(path))
  return sources.filter(isInRing).map(({ path }) => path)
}

const deedsIn = (sources: readonly Source[], parts: readonly string[], isBad: (deed: string) => boolean) =>
  sources
    .filter(({ path }) => !isTest(path) && parts.some((part) => part === '' || isBelow(path, part)))
    .flatMap(({ path, deeds }) => deeds.filter(isBad).map((deed) => `${path}: ${deed}`))
const isSink = (deed: string) => htmlSinks.test(deed) || /^(document\.write|eval|new Function)/.test(deed)
const isUnheld = (deed: string) =>
  timers.test(deed) || chances.test(deed) || /^(Date\.now|performance\.now|Math\.random|new Date)/.test(deed)
const opensWithSentence = ({ opening }: Source) => opening.length > 2

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}
const foldersOf = (paths: readonly string[]) => [
  ...new Set(paths.map(dirname).flatMap((path) => path.split('/').map((_, i, all) => all.slice(0, i + 1).join('/')))),
]
/** The folders that the map names: a path that ends in `/`, in backticks, at the start of a table's row. */
const foldersOn = (map: string) => [...map.matchAll(/^\| `([\w/-]+)\/` \|/gm)].map(([, path = '']) => path)

const files = filesBelow(join(root, 'src')).map((path) => relative(join(root, 'src'), path))
const sources = files.filter((path) => /\.tsx?$/.test(path)).map((path) => read(path, readFileSync(join(root, 'src', path), 'utf8')))

describe('the walls', () => {
  test('imports point toward the protocol', () => expect(breaches(sources)).toEqual([]))
  test('no files import one another in a ring', () => expect(rings(sources)).toEqual([]))
  test('each package enters where it belongs, by one file', () => expect(trespasses(sources)).toEqual([]))
  test('the launcher paints without Preact', () => {
    expect(closure(sources, 'widget/loader.ts').map(packageOf)).not.toContain('preact')
  })
  test('browser code carries no schema library', () => {
    const carries = ({ path }: Source) => closure(sources, path).some((name) => packageOf(name) === 'typebox')
    const browser = sources.filter(({ path }) => !isTest(path) && browserParts.some((part) => isBelow(path, part)))
    expect(browser.filter(carries).map(({ path }) => path)).toEqual([])
  })
  test('only tests know the testing part', () => {
    const known = sources.filter(({ path }) => !isTest(path)).flatMap(({ imports }) => imports)
    expect(known.filter(({ to }) => isBelow(to, onlyForTests))).toEqual([])
  })
})

describe('the doors', () => {
  beforeAll(() => run('tsc', ['-b'], { stdio: 'ignore' }), 120_000)
  test('what they show asks for no package but an optional peer', () => expect(leaks()).toEqual([]))
})

describe('the habits', () => {
  test('only the server’s configuration reads the environment', () => {
    const readers = deedsIn(sources, [''], (deed) => deed === 'process.env')
    expect(readers.filter((found) => !found.startsWith('server/config.ts'))).toEqual([])
  })
  test('nothing writes HTML or runs text', () => expect(deedsIn(sources, [''], isSink)).toEqual([]))
  test('time and chance come from outside', () => expect(deedsIn(sources, injectedParts, isUnheld)).toEqual([]))
  test('every file opens with a sentence that says what it is for', () => {
    expect(sources.filter((source) => !opensWithSentence(source)).map(({ path }) => path)).toEqual([])
  })
  test('no folder or file is a drawer', () => {
    const names = files.flatMap((path) => path.split('/').map((name) => name.replace(/\..*$/, '')))
    expect(names.filter((name) => drawers.includes(name))).toEqual([])
  })
})

describe('the map', () => {
  test('names every folder that exists, and none that does not', () => {
    const map = existsSync(join(root, 'src/README.md')) ? readFileSync(join(root, 'src/README.md'), 'utf8') : ''
    const real = foldersOf(files).filter((path) => path !== '.')
    expect(foldersOn(map).sort()).toEqual(real.sort())
  })
  test('nothing lies at the top that the house does not know', () => {
    const made = readFileSync(join(root, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.replace(/\/$/, ''))
    const unknown = readdirSync(root).filter((name) => !topLevel.includes(name) && !made.includes(name) && !/\.(tgz|log)$/.test(name))
    expect(unknown).toEqual([])
  })
})

describe('these tests can fail', () => {
  const tree = (files: Record<string, string>) => Object.entries(files).map(([path, code]) => read(path, code))

  test('on a widget that imports the agent’s client, an SDK that imports the server, a store that knows its sibling', () => {
    expect(breaches(tree({ 'widget/a.ts': "import type { A } from '../sdk/agent/index.ts'" }))).toHaveLength(1)
    expect(breaches(tree({ 'sdk/core/a.ts': "export { a } from '../../server/domain/chats.ts'" }))).toHaveLength(1)
    expect(breaches(tree({ 'server/store/sqlite/a.ts': "import { b } from '../postgres/b.ts'" }))).toHaveLength(1)
    expect(breaches(tree({ 'server/gateway/a.ts': "const a = import('../store/sqlite/store.ts')" }))).toHaveLength(1)
    expect(breaches(tree({ 'server/domain/a.ts': "import { memory } from '../bus/memory.ts'" }))).toHaveLength(1)
    expect(breaches(tree({ 'ui/a.tsx': "import { fake } from '../testing/clock.ts'" }))).toHaveLength(1)
    expect(breaches(tree({ 'react/a.ts': "import { Porchlight } from '../widget/index.ts'" }))).toHaveLength(1)
  })
  test('but not on what the walls allow', () => {
    const fine = tree({
      'server/index.ts': "import { memory } from './bus/memory.ts'",
      'server/gateway/a.ts': "import type { Bus } from '../bus/bus.ts'",
      'react/a.ts': "import type { Porchlight } from '../widget/index.ts'",
      'ui/a.test.ts': "import { fake } from '../testing/clock.ts'",
      'protocol/a.ts': "/* import { b } from '../server/index.ts' */ const text = `import '../server/index.ts'`",
    })
    expect(breaches(fine)).toEqual([])
  })
  test('on a ring, though not on one of types', () => {
    const ring = (kind: string) => tree({ 'ui/a.ts': "export { b } from './b.ts'", 'ui/b.ts': `import ${kind} { a } from './a.ts'` })
    expect(rings(ring(''))).toEqual(['ui/a.ts', 'ui/b.ts'])
    expect(rings(ring('type'))).toEqual([])
  })
  test('on a package in the wrong place, a second entrance, a package nobody vouched for', () => {
    expect(trespasses(tree({ 'sdk/core/a.ts': "import { get } from 'idb-keyval'" }))).toHaveLength(1)
    expect(trespasses(tree({ 'ui/a.ts': "import { readFile } from 'node:fs'" }))).toHaveLength(1)
    expect(trespasses(tree({ 'ui/a.ts': "import x from 'left-pad'" }))).toHaveLength(1)
    const two = { 'server/gateway/a.ts': "import { jwtVerify } from 'jose'", 'server/gateway/b.ts': "import { SignJWT } from 'jose'" }
    expect(trespasses(tree(two))).toHaveLength(1)
  })
  test('on a sink, a clock of its own, chance of its own, a look at the environment', () => {
    const [source] = tree({
      'sdk/core/a.tsx': `a.innerHTML = b; a['outerHTML'] = b; Date.now(); new Date(); Math.random(); setTimeout(f, 1); process.env.PORT;
        const c = <p dangerouslySetInnerHTML={b} />; new Date(3); eval(b)`,
    })
    const deeds = source?.deeds ?? []
    expect(deeds.filter(isSink).sort()).toEqual(['dangerouslySetInnerHTML', 'eval', 'innerHTML', 'outerHTML'])
    expect(deeds.filter(isUnheld).sort()).toEqual(['Date.now', 'Math.random', 'new Date()', 'setTimeout'])
    expect(deeds).toContain('process.env')
  })
  test('on a file without a sentence, and on a map without a folder', () => {
    expect(tree({ 'ui/a.ts': "import a from './a.ts'", 'ui/b.ts': '/** B. */' }).some(opensWithSentence)).toBe(false)
    expect(foldersOf(['a/b/c.ts'])).toEqual(['a', 'a/b'])
    expect(foldersOn('| `a/` | first |\n| `a/b/` | second |')).toEqual(['a', 'a/b'])
  })
})
