/** Scripts of the page that bend what every other script stands on, as old libraries did, as careless ones do, and as careful ones do. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A library as its users put it on a page. */
export const library = (path: string): string => readFileSync(createRequire(import.meta.url).resolve(path), 'utf8')

/** What Prototype.js 1.6 did to every page that loaded it, as far as it concerns others: JSON by `toJSON`, and more on every prototype. */
export const PROTOTYPE = `
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

/** MooTools 1.2 and what came after it: natives with more on them, enumerable, some of it in the place of what browsers have today. */
export const MOOTOOLS = `
  Function.prototype.extend = function (more) { for (var name in more) this[name] = more[name]; return this }
  Function.prototype.implement = function (more) { for (var name in more) this.prototype[name] = more[name]; return this }
  Array.implement({
    clean: function () { return this.filter(function (item) { return item != null }) },
    include: function (item) { if (this.indexOf(item) < 0) this.push(item); return this },
    contains: function (item) { return this.indexOf(item) >= 0 },
    flatten: function () { return [].concat.apply([], this) },
    getLast: function () { return this[this.length - 1] || null },
    flat: function () { return this.flatten() },
    at: function (index) { return this[index] },
  })
  Array.from = function (item) {
    if (item == null) return []
    return typeof item == 'object' && typeof item.length == 'number' ? Array.prototype.slice.call(item) : [item]
  }
  String.implement({
    contains: function (text, separator) { return separator ? (separator + this + separator).indexOf(separator + text + separator) > -1 : String(this).indexOf(text) > -1 },
    clean: function () { return String(this).replace(/\\s+/g, ' ') },
    capitalize: function () { return String(this).replace(/\\b[a-z]/g, function (letter) { return letter.toUpperCase() }) },
  })
  Number.implement({ limit: function (min, max) { return Math.min(max, Math.max(min, this)) }, times: function (act) { for (var at = 0; at < this; at++) act(at) } })
  Function.implement({
    bind: function (object, given) { var method = this; return function () { return method.apply(object, arguments.length ? arguments : given || []) } },
    delay: function (ms) { return setTimeout(this, ms) },
  })
  Element.prototype.remove = function () { return this.parentNode ? this.parentNode.removeChild(this) : this }
  Element.prototype.getElement = function (selector) { return this.querySelector(selector) }
  Element.prototype.setStyle = function (name, value) { this.style[name] = value; return this }
`

/** Sugar 1 and Datejs: the natives' statics and what dates say of themselves. */
export const SUGAR = `
  Object.keys = (function (keys) { return function (object) { return keys(Object(object)) } })(Object.keys)
  Object.merge = function (to, from) { for (var name in from) to[name] = from[name]; return to }
  Array.prototype.find = function (what) {
    for (var at = 0; at < this.length; at++) if (typeof what == 'function' ? what(this[at], at, this) : this[at] === what) return this[at]
  }
  Array.prototype.includes = function (what) { return this.indexOf(what) > -1 }
  Array.prototype.remove = function (what) { var at = this.indexOf(what); if (at > -1) this.splice(at, 1); return this }
  String.prototype.first = function (count) { return this.substr(0, count || 1) }
  String.prototype.has = function (what) { return this.search(what) !== -1 }
  Date.now = function () { return new Date().getTime() }
  Date.today = function () { var now = new Date(); now.setHours(0, 0, 0, 0); return now }
  Date.prototype.toString = function (format) { return format ? format.replace('yyyy', this.getFullYear()) : this.toUTCString() }
  Date.prototype.add = function (ms) { this.setTime(+this + ms); return this }
  Date.prototype.toISOString = function () { return this.getUTCFullYear() + '-01-01T00:00:00Z' }
`

/** Every object has more on it than it should, and one of these names is a property descriptor's. */
export const ADDED = `
  Object.prototype.extend = function (more) { for (var name in more) this[name] = more[name]; return this }
  Object.prototype.size = function () { return Object.keys(this).length }
  Object.prototype.each = function () {}
`

/** A property descriptor inherits this, so that \`defineProperty\` with a \`value\` throws. */
export const GETTER = `
  Object.prototype.get = function (name) { return this[name] }
`

/** Own natives in the place of the browser's, as polyfills that do not look first. */
export const REPLACED = `
  window.Promise = (function (Native) {
    function Promise(run) { return Reflect.construct(Native, [run], new.target || Promise) }
    Object.setPrototypeOf(Promise, Native)
    Promise.prototype = Object.create(Native.prototype, { constructor: { value: Promise } })
    return Promise
  })(Promise)
  window.Map = class Map extends window.Map {}
  window.Set = class Set extends window.Set {}
  window.requestAnimationFrame = function (run) { return setTimeout(function () { run(Date.now()) }, 16) }
  window.requestIdleCallback = undefined
`

export const FREEZE = `
  for (const native of [Object, Array, Function, String, Number, Promise, Map, Set, RegExp, Date, Error]) {
    Object.freeze(native)
    Object.freeze(native.prototype)
  }
`
