/** Somebody's app with the packed package in it, in React or in Vue: what to mount comes from the test, by `show`. */
import { readFile } from 'node:fs/promises'
import { build } from 'vite'
import { HostServer } from '../hosts/host-server.ts'
import type { Project } from './project.ts'

export const FRAMEWORKS = ['react', 'vue'] as const
export type Framework = (typeof FRAMEWORKS)[number]

const NEEDED = {
  react: ['react', 'react-dom'],
  vue: ['vue', '@vue/server-renderer'],
} as const

/** Where `show` is, and what the components have called back with. */
const COMMON = `
export const heard = []
export const listeners = {
  onOpen: () => heard.push('open'),
  onClose: () => heard.push('close'),
  onUnread: (count) => heard.push('unread ' + count),
  onError: (error) => heard.push(error.message),
}
`

/** The same app twice: a state, a count, a button, and a component for each set of properties that the test shows. */
const APPS = {
  react: {
    'app.mjs': `
import { createElement as h, StrictMode, useEffect, useState } from 'react'
import { Porchlight, usePorchlight, useUnread, useWidgetState } from 'porchlight/react'
import { heard, listeners } from './common.mjs'

function Shop({ first }) {
  const [mounts, show] = useState(first)
  const porchlight = usePorchlight()
  useEffect(() => void Object.assign(globalThis, { show, heard, porchlight }), [])
  return h('main', null,
    h('button', { onClick: () => porchlight.open() }, 'Help'),
    h('output', { id: 'state' }, useWidgetState()),
    h('output', { id: 'unread' }, useUnread()),
    mounts.map(({ key, ...props }) => h(Porchlight, { key, ...listeners, ...props })))
}
export const tree = (first) => h(StrictMode, null, h(Shop, { first }))`,
    'client.mjs': `
import { createRoot, hydrateRoot } from 'react-dom/client'
import { tree } from './app.mjs'
const root = document.querySelector('#root')
const first = JSON.parse(root.dataset.first)
if (root.firstChild) hydrateRoot(root, tree(first))
else createRoot(root).render(tree(first))`,
    'server.mjs': `
import { renderToString } from 'react-dom/server'
import { tree } from './app.mjs'
console.log(renderToString(tree(JSON.parse(process.argv[2]))))`,
  },
  vue: {
    'app.mjs': `
import { createSSRApp, createApp, h, onMounted, ref } from 'vue'
import { Porchlight, usePorchlight, useUnread, useWidgetState } from 'porchlight/vue'
import { heard, listeners } from './common.mjs'

const Shop = {
  props: ['first'],
  setup({ first }) {
    const mounts = ref(first)
    const [porchlight, state, unread] = [usePorchlight(), useWidgetState(), useUnread()]
    const show = (next) => { mounts.value = next }
    onMounted(() => Object.assign(globalThis, { show, heard, porchlight }))
    return () => h('main', null, [
      h('button', { onClick: () => porchlight.open() }, 'Help'),
      h('output', { id: 'state' }, state.value),
      h('output', { id: 'unread' }, unread.value),
      mounts.value.map(({ key, ...props }) => h(Porchlight, { key, ...listeners, ...props })),
    ])
  },
}
export const app = (first, isThere) => (isThere ? createSSRApp : createApp)(Shop, { first })`,
    'client.mjs': `
import { app } from './app.mjs'
const root = document.querySelector('#root')
app(JSON.parse(root.dataset.first), root.firstChild !== null).mount(root)`,
    'server.mjs': `
import { renderToString } from '@vue/server-renderer'
import { app } from './app.mjs'
console.log(await renderToString(app(JSON.parse(process.argv[2]), true)))`,
  },
} as const

/** As while developing, so that a framework says what it does not like. */
const BUNDLING = {
  define: {
    'process.env.NODE_ENV': '"development"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  },
  mode: 'development',
  configFile: false,
  logLevel: 'silent',
} as const

const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

export class App {
  readonly #project: Project
  readonly #script: string

  private constructor(project: Project, script: string) {
    this.#project = project
    this.#script = script
  }

  static async in(project: Project, framework: Framework): Promise<App> {
    for (const name of NEEDED[framework]) await project.borrow(name)
    const files = { ...APPS[framework], 'common.mjs': COMMON }
    for (const [name, text] of Object.entries(files)) await project.write(name, text)
    const output = { entryFileNames: 'app.js', codeSplitting: false }
    const rolldownOptions = { input: project.path('client.mjs'), output, checks: { moduleLevelDirective: false } }
    await build({ ...BUNDLING, root: project.folder, build: { outDir: 'out', minify: false, rolldownOptions } })
    return new App(project, await readFile(project.path('out/app.js'), 'utf8'))
  }

  /** A site that begins with these mounted, rendered there or in the browser. `head` is what else it has. */
  async serve(first: readonly object[], rendering: 'client' | 'server', head = ''): Promise<HostServer> {
    const said = JSON.stringify(first)
    const rendered = rendering === 'server' ? await this.#render(said) : ''
    const root = `<div id="root" data-first="${quoted(said)}">${rendered}</div>`
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>${head}</head><body>${root}`
    return HostServer.serve({
      html: `${page}<script type="module" src="/app.js"></script></body></html>`,
      files: { '/app.js': this.#script },
    })
  }

  async #render(first: string): Promise<string> {
    const { code, out, err } = await this.#project.run(process.execPath, 'server.mjs', first)
    if (code !== 0 || err) throw new Error(`unable to render; it said:\n${err}`)
    return out
  }
}
