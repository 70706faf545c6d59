/** H-14 and H-15: pages whose other scripts take names, load modules, and stand between everybody and the network. */
import { library } from './bent.ts'
import { type Make, page, SCRIPTS, withScripts } from './host-page.ts'
import { expect, rows, test } from './test.ts'

/** As shops do that one plugin after the other made load its own; the newest gives both names back to the oldest. */
const JQUERY = `${library('jquery-1')}
${library('jquery')}
  window.newest = jQuery.noConflict(true)
  newest(function () { newest('#basket').on('click', function () { newest(this).toggleClass('full') }) })
  jQuery(document).ready(function ($) { $(document).keydown(function () { counts.keys++ }) })
  var counts = { keys: 0 }
`

const COMMON_JS = 'var module = { exports: {} }, exports = module.exports, process = { env: {} }, global = window'

/** Scripts of a page share one scope with its names. */
const NAMES = `
  window.name = 'shop'
  var event = 'sale', status = 'open', self = {}, parent = {}, root = {}, e = 1, t = 2, n = 3
  function h() { return 'the shop\\'s own' }
`

/** Elements with these names stand in the place of what \`document\` and \`window\` say. */
const CLOBBERED = `
  <a id="Porchlight"></a>
  <form name="activeElement"></form>
  <img name="dir" alt="">
  <img name="readyState" alt="">
  <img name="title" alt="">
  <form id="settings"><input name="server"></form>`

/** As a tool that measures or records does: every way out, and every listener. */
const MONITORED = `
  var counts = { keys: 0 }
  window.fetch = (function (native) { return function (input, options) { return native.call(window, input, options).then(function (answer) { answer.clone().text(); return answer }) } })(fetch)
  window.WebSocket = (function (Native) {
    function WebSocket(url, protocols) { var socket = protocols === undefined ? new Native(url) : new Native(url, protocols); socket.addEventListener('message', function () {}); return socket }
    WebSocket.prototype = Native.prototype
    for (var name of ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']) WebSocket[name] = Native[name]
    return WebSocket
  })(WebSocket)
  for (const name of ['open', 'send']) XMLHttpRequest.prototype[name] = (function (native) { return function () { return native.apply(this, arguments) } })(XMLHttpRequest.prototype[name])
  for (const name of ['pushState', 'replaceState']) history[name] = (function (native) { return function () { return native.apply(this, arguments) } })(history[name])
  EventTarget.prototype.addEventListener = (function (native) {
    return function (name, listener, options) {
      if (typeof listener != 'function') return native.call(this, name, listener, options)
      listener.wrapped = listener.wrapped || function () { return listener.apply(this, arguments) }
      return native.call(this, name, listener.wrapped, options)
    }
  })(EventTarget.prototype.addEventListener)
  EventTarget.prototype.removeEventListener = (function (native) {
    return function (name, listener, options) { return native.call(this, name, (listener && listener.wrapped) || listener, options) }
  })(EventTarget.prototype.removeEventListener)
`

const WORKER = `
  addEventListener('install', () => skipWaiting())
  addEventListener('activate', (event) => event.waitUntil(clients.claim()))
  addEventListener('fetch', (event) => event.respondWith(fetch(event.request)))
`

const before =
  (script: string): Make =>
  (chat) =>
    withScripts(chat, { '/before.js': script })

rows({ 'H-14 a script tag beside RequireJS': before(library('requirejs/require.js')) }, SCRIPTS)

rows({
  'H-14 two jQueries, of which one gives the names back': before(JQUERY),
  'H-14 names of CommonJS': before(COMMON_JS),
  'H-14 names that scripts take for granted': before(NAMES),
  'H-14 elements that take names': ({ tag }) => ({ html: page(CLOBBERED + tag) }),
  'H-15 a monitor of everything': before(MONITORED),
  'H-15 zone.js': before(library('zone.js')),
  'H-15 a service worker between everybody and the network': (chat) => ({
    ...withScripts(chat, { '/before.js': `navigator.serviceWorker.register('/worker.js')` }),
    files: { '/before.js': `navigator.serviceWorker.register('/worker.js')`, '/worker.js': WORKER },
  }),
})

test('H-14 the widget as a module of RequireJS', async ({ stand, server }) => {
  const ask = `
    require(['${server.url}/widget.js'], function (Porchlight) {
      window.handedOver = Porchlight
      if (Porchlight) Porchlight.init({ license: 1, clientId: 'demo', server: '${server.url}' })
    })`
  const asked = await stand(() => ({
    html: page('<script src="/require.js"></script><script src="/shop.js"></script>'),
    files: { '/require.js': library('requirejs/require.js'), '/shop.js': ask },
  }))
  expect(await asked.page.evaluate(() => Reflect.get(window, 'handedOver') === Reflect.get(window, 'Porchlight'))).toBe(true)
})

test('H-15 the page behind its service worker is really controlled by it', async ({ visit }) => {
  const { page } = await visit(() => ({ files: { '/worker.js': WORKER } }))
  await page.evaluate(async () => void (await navigator.serviceWorker.register('/worker.js')))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
})
