// `node .ci/reference.mjs [--check]`: writes `docs/reference/` from the types of the package's doors, or sees whether that is current.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages } from './install.mjs'
import { isStarted, root } from './node.mjs'

const written = join(root, 'docs', 'reference')
/** TypeDoc reads types with a compiler older than ours, so both have a place of their own. */
const place = join(root, '.ci', 'reference')

/** What each door is called, by where its sources begin. */
const DOORS = {
  'sdk/customer/index.ts': 'porchlight',
  'sdk/agent/index.ts': 'porchlight/agent',
  'sdk/rich/index.ts': 'porchlight/rich',
  'native/index.ts': 'porchlight/react-native',
  'react/index.ts': 'porchlight/react',
  'vue/index.ts': 'porchlight/vue',
  'widget/index.ts': 'porchlight/widget',
  'server-sdk/index.ts': 'porchlight/server-sdk',
}
const sources = Object.keys(DOORS).map((file) => join(root, 'src', file))

/** The compiler's settings: every name of a page, and nothing that is only for building. */
function writeSettings() {
  const file = join(root, '.cache', 'reference.json')
  const compilerOptions = {
    composite: false,
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    jsx: 'react-jsx',
    jsxImportSource: 'preact',
    rootDir: root,
  }
  const include = ['globals.d.ts', '../native/web-view.d.ts'].map((name) => join(root, 'src/sdk', name))
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(file, JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, include, files: sources }))
  return file
}

const options = (/** @type {string} */ path) => ({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: sources,
  basePath: join(root, 'src'),
  tsconfig: writeSettings(),
  skipErrorChecking: true,
  readme: 'none',
  disableSources: true,
  router: 'module',
  entryFileName: 'README.md',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  useCodeBlocks: true,
  treatWarningsAsErrors: true,
  logLevel: 'Warn',
  outputs: [{ name: 'markdown', path }],
})

/** Writes the reference into a folder. @param {string} folder */
async function generate(folder) {
  await installPackages(place)
  const { Application, Converter } = await import(pathToFileURL(createRequire(join(place, 'package.json')).resolve('typedoc')).href)
  const app = await Application.bootstrapWithPlugins(options(folder))
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (/** @type {any} */ { project }) => {
    for (const door of project.children) door.name = DOORS[/** @type {keyof typeof DOORS} */ (`${door.name}/index.ts`)] ?? door.name
  })
  // From where a member comes is the sources' business.
  app.converter.on(Converter.EVENT_RESOLVE_END, (/** @type {any} */ { project }) => {
    for (const reflection of Object.values(project.reflections)) {
      delete reflection.inheritedFrom
      delete reflection.overwrites
    }
  })
  const project = await app.convert()
  rmSync(folder, { recursive: true, force: true })
  if (project) await app.generateOutputs(project)
  return app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0
}

/** @param {string} folder */
const pagesIn = (folder) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

/** Whether what is written is what the types say now. */
export async function check() {
  const now = join(root, '.cache', 'reference')
  const code = await generate(now)
  const read = (/** @type {string} */ folder, /** @type {string} */ page) =>
    existsSync(join(folder, page)) ? readFileSync(join(folder, page), 'utf8') : ''
  const pages = [...new Set([...pagesIn(now), ...pagesIn(written)])]
  const old = pages.filter((page) => read(now, page) !== read(written, page))
  for (const page of old) console.error(`✗ docs/reference/${page} is not current; run \`npm run docs\``)
  return code || (old.length > 0 ? 1 : 0)
}

if (isStarted(import.meta.url)) process.exitCode = process.argv.includes('--check') ? await check() : await generate(written)
