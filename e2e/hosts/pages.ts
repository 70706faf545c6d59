/** The host pages that decide the form of the build: each with its policy, its habits, and the script tag a user would paste. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface HostPage {
  readonly html: string
  readonly headers?: Readonly<Record<string, string>>
  /** Scripts of the page's own, by path. */
  readonly scripts?: Readonly<Record<string, string>>
}

/** `widget.js` is everything in one file; `loader.js` fetches it when the visitor shows intent. */
export const SCRIPTS = ['widget.js', 'loader.js'] as const

type Make = (chat: string, script: (typeof SCRIPTS)[number]) => HostPage

const tag = (chat: string, script: string) => `<script async src="${chat}/${script}" data-license="1" data-client-id="demo"></script>`

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title></head><body><h1>A shop</h1>${body}</body></html>`

/** Allows the chat by its address and nothing else. */
const policy = (chat: string, ...more: string[]) => ({
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${chat}`,
    `connect-src ${chat} ${chat.replace('http', 'ws')}`,
    ...more,
  ].join('; '),
})

/** What Prototype.js 1.6 did to every page that loaded it, as far as it concerns others: JSON by `toJSON`, and more on every prototype. */
const PROTOTYPE = `
  Object.toJSON = function (value) {
    if (value === undefined || typeof value == 'function') return
    if (value === null || typeof value == 'boolean') return String(value)
    if (value.toJSON) return value.toJSON()
    var parts = []
    for (var name in value) {
      var text = Object.toJSON(value[name])
      if (text !== undefined) parts.push(name.toJSON() + ': ' + text)
    }
    return '{' + parts.join(', ') + '}'
  }
  Array.prototype.toJSON = function () {
    var parts = []
    for (var at = 0; at < this.length; at++) {
      var text = Object.toJSON(this[at])
      if (text !== undefined) parts.push(text)
    }
    return '[' + parts.join(', ') + ']'
  }
  String.prototype.toJSON = function () { return '"' + this.replace(/[\\\\"]/g, '\\\\$&') + '"' }
  Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : 'null' }
  Date.prototype.toJSON = function () { return '"' + this.toISOString() + '"' }
  Array.prototype.each = function (iterate) { for (var at = 0; at < this.length; at++) iterate(this[at], at) }
  Array.prototype.first = function () { return this[0] }
  Array.prototype.last = function () { return this[this.length - 1] }
  Function.prototype.bind = function () {
    var method = this, given = Array.prototype.slice.call(arguments), object = given.shift()
    return function () { return method.apply(object, given.concat(Array.prototype.slice.call(arguments))) }
  }
`

const requirejs = () => readFileSync(createRequire(import.meta.url).resolve('requirejs/require.js'), 'utf8')

/** Asks the AMD loader for the script, and starts what it hands over. */
const ASK = (chat: string) => `
  require(['${chat}/widget.js'], function (Porchlight) {
    window.handedOver = Porchlight
    Porchlight.init({ license: 1, clientId: 'demo', server: '${chat}' })
  })`

/** A page of the customer SDK alone, whose other module is loaded under the strictest policy there is. */
export const withSDK = (chat: string): HostPage => ({
  html: page(`<script src="${chat}/customer-sdk.js"></script><script src="/page.js"></script>`),
  headers: {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' ${chat}`,
      `connect-src ${chat} ${chat.replace('http', 'ws')}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  },
  scripts: { '/page.js': `window.sdk = CustomerSDK.init({ license: 1, clientId: 'demo' })` },
})

export const HOSTS: Readonly<Record<string, Make>> = {
  'H-00 a page that asks for nothing': (chat, script) => ({ html: page(tag(chat, script)) }),
  'H-01 a strict policy by host list': (chat, script) => ({ html: page(tag(chat, script)), headers: policy(chat) }),
  "H-03 Trusted Types 'none' and style-src 'none'": (chat, script) => ({
    html: page(tag(chat, script)),
    headers: policy(chat, "style-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"),
  }),
  'H-05 cross-origin isolation': (chat, script) => ({
    html: page(tag(chat, script)),
    headers: { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
  }),
  'H-11 Prototype.js 1.6': (chat, script) => ({
    html: page(`<script src="/prototype.js"></script>${tag(chat, script)}`),
    scripts: { '/prototype.js': PROTOTYPE },
  }),
  'H-14 a script tag beside RequireJS': (chat, script) => ({
    html: page(`<script src="/require.js"></script>${tag(chat, script)}`),
    scripts: { '/require.js': requirejs() },
  }),
}

/** RequireJS fetches the widget as one of its modules. */
export const asModule = (chat: string): HostPage => ({
  html: page('<script src="/require.js"></script><script src="/shop.js"></script>'),
  scripts: { '/require.js': requirejs(), '/shop.js': ASK(chat) },
})
