/** H-07 and H-09: browsers that keep nothing, lose what they kept, or may keep it only when the visitor agrees. */
import { type Make, withScripts } from './host-page.ts'
import { rows } from './test.ts'

const THROWS = `{ get: function () { throw new DOMException('The operation is insecure.', 'SecurityError') }, configurable: true }`

const before =
  (script: string, remembers?: false): Make =>
  (chat) => ({ ...withScripts(chat, { '/before.js': script }), ...(remembers === false && { remembers }) })

rows({
  'H-07 localStorage throws at the sight of it': before(`Object.defineProperty(window, 'localStorage', ${THROWS})`),
  'H-07 no IndexedDB': before(`Object.defineProperty(window, 'indexedDB', { value: null })`, false),
  'H-07 IndexedDB throws': before(`IDBFactory.prototype.open = function () { throw new DOMException('denied', 'SecurityError') }`, false),
  'H-07 nothing can be kept at all': before(
    ['localStorage', 'sessionStorage', 'indexedDB', 'caches']
      .map((name) => `Object.defineProperty(window, '${name}', ${THROWS})`)
      .concat(`Object.defineProperty(Document.prototype, 'cookie', ${THROWS})`)
      .join(';'),
    false,
  ),
})
