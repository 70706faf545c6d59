// Makes the scripts that every visitor loads smaller than Vite does: shorter names among their own parts, and whatever way of writing is the lightest.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { minify } from 'terser'
import { parseSync, Visitor } from 'vite'

/** What a script weighs, as near as is quickly told. @param {string} code */
const weight = (code) => brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

/**
 * What the parts of a client call each other by, and nobody else: a script and what it loads later shorten them alike. A
 * name that anything outside knows must not be among them: the wire, the page, what is stored, other tabs.
 */
export const ofClients = `
  onWake onLost onWelcome onPush onState onReason openLink openChannel exclusively flush settle wanted catching held watched
  decided appeared recover welcome pageSize renew replaced members provisional lost fold refused want answered goesBy
  environment connection outbox clock frame client durable turn leaving introduce newChatId bringing told typists drain real
  insist tellTabs learn
`

/** The same for Preact and our views. */
export const ofFaces = `
  componentWillMount componentDidMount componentWillReceiveProps componentWillUpdate componentDidUpdate componentWillUnmount
  componentDidCatch setState forceUpdate shouldComponentUpdate getSnapshotBeforeUpdate getDerivedStateFromProps
  getDerivedStateFromError getChildContext contextType debounceRendering props current diffed vnode
  onRetry onDiscard onAtEnd onLoadOlder onNearStart onNearEnd onFollow onHome onPick onRefusal hasOlder seenSeq
  conversation focusSoon touch faces addStyles drafts lastChat loadOlder theirs replica
  begun directed countUnread unreadToken setOpen setSneakPeek showNew closeWord toEarlier toLatest toLater rowKey onText onSend
  onClose label render Provider
  older begin look session isOpen following picture delivery fresh announce subscribe shown built remember
  visitor act forbid keep tracked quiet device kept dress reserve taken isHidden ground speech exchange learned
  unmount knownSeq speak choose attached lines emit
  Body tools goAlong timeline windows starting has_older loading_older auth pieces panel
  useEffect useLayoutEffect useMemo useRef useState Fragment jsx jsxs Avatar Composer Icon IconButton LanguageContext MessageLog
  useLanguage useView createCell START useFace namesOf othersIn
`

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
  { sequences: false },
  { join_vars: false },
  { collapse_vars: false },
  { if_return: false },
  { booleans: false },
  { hoist_props: false },
  { reduce_funcs: false },
  {},
]

/** Chromium then compiles all functions together while the script arrives, and not each when it is first called: that was a quarter of the launcher's time. */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n'

/** Tokens of measure and motion. Those of colour, shape and type keep their names, as sites restyle by them. */
const measures = /--pl-(space-\d+|[a-z]+-line|weight-[a-z]+|quick|slow|beat|ease-[a-z]+|target|caption|title|meta|rem)(?![\w-])/g

const source = join(import.meta.dirname, '..', 'src')
/** All that the widget may ever show. */
const sheets = ['ui', 'widget']
  .flatMap((folder) => readdirSync(join(source, folder), { recursive: true }).map((file) => join(source, folder, String(file))))
  .filter((file) => file.endsWith('.css'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('')
const numbered = [...new Set(sheets.match(measures))]

/** Measures go by numbers; what nothing uses is left out, such as rules for pages of ours. @param {string} code */
const withShortTokens = (code) =>
  code
    .replace(/:root(\[[^\]]*\])?,/g, '')
    .replace(/:root\{[^}]*\}/g, '')
    .replace(/(--pl-[a-z0-9-]+):[^;{}]*;?/g, (rule, name) => (sheets.includes(`var(${name}`) ? rule : ''))
    .replace(measures, (name) => `--pl-${numbered.indexOf(name).toString(36)}`)

const isSheet = (/** @type {unknown} */ value) => typeof value === 'string' && /^[^{]+\{[^}]*:/.test(value) && value.endsWith('}')

/** Style sheets weigh less side by side than each in its place; inside the script's own function. @param {string} code */
function withSheetsTogether(code) {
  /** @type {{ start: number, end: number }[]} */
  const found = []
  new Visitor({ Literal: (node) => void (isSheet(node.value) && found.push(node)) }).visit(parseSync('script.js', code).program)
  if (found.length === 0 || code.includes('$0')) return code
  found.sort((one, other) => one.start - other.start)
  const sheets = found.map(({ start, end }, at) => `$${at}=${code.slice(start, end)}`).join()
  let rest = code
  for (const [at, { start, end }] of [...found.entries()].reverse()) rest = `${rest.slice(0, start)}$${at}${rest.slice(end)}`
  return rest.replace('{', () => `{var ${sheets};`)
}

/** What became of names, by the script that they are in: what it loads later must call them the same. @type {Map<string, object>} */
const shortened = new Map()

/**
 * Over what Vite has minified, again as long as that helps: three in a hundred smaller, worth it for what every visitor
 * loads. `names` may become short, and in what a script loads `later` as they have there. What `isPainted` must not keep a page waiting.
 *
 * @param {{ names?: string, script: string, later?: boolean, isPainted?: boolean }} options
 * @returns {import('vite').Plugin}
 */
export function smallest({ names = '', script, later = false, isPainted = false }) {
  const list = names.trim().split(/\s+/).filter(Boolean)
  const properties = { builtins: true, regex: new RegExp(`^(${list.join('|')})$`) }
  /** @param {string} code @param {object} props @param {object} way */
  async function written(code, props, way) {
    const nameCache = { props: structuredClone(props) }
    const compress = { passes: 3, unsafe_arrows: true, keep_fargs: false, ...way }
    return { nameCache, ...(await minify(code, { ecma: 2020, mangle: { properties }, nameCache, compress })) }
  }
  /** Behind those of the script itself come those that only what it loads later has: two of these may know each other. @param {string} code */
  async function shorten(code) {
    const { nameCache } = await written(`${code};globalThis.rest={${list.map((name) => `${name}:0`)}}`, {}, {})
    shortened.set(script, nameCache.props)
  }
  return {
    name: 'porchlight:smallest',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        chunk.code = withShortTokens(chunk.code)
        if (!later) await shorten(chunk.code)
        const props = shortened.get(script)
        if (!props) throw new Error(`unable to shorten the names of what ${script} loads; it has to be built before`)
        let isFirst = true
        for (const way of WAYS) {
          const { code } = await written(chunk.code, props, way)
          if (!code || (weight(code) >= weight(chunk.code) && !isFirst)) continue
          chunk.code = code
          isFirst = false
        }
        // Once more with all names as they are by now, whose letters are then given anew.
        for (const quote_style of [0, 1]) {
          const { code = '' } = await minify(chunk.code, {
            ecma: 2020,
            compress: { passes: 3, unsafe_arrows: true },
            format: { quote_style },
          })
          if (code && weight(code) < weight(chunk.code)) chunk.code = code
        }
        const together = withSheetsTogether(chunk.code)
        if (weight(together) < weight(chunk.code)) chunk.code = together
        if (isPainted) chunk.code = AT_ONCE + chunk.code
      }
    },
  }
}
