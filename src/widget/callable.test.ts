/** The global `Porchlight`: verbs as methods and as calls, before there is a widget, with one, and after it is gone. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createCallable } from './callable.ts'
import type { Settings } from './settings.ts'
import type { Tell } from './widget.ts'

/** A widget that only notes what it is told. */
function noting(tell: Tell) {
  const told: string[] = []
  const note = (verb: string) => () => void told.push(verb)
  const widget = { isOpen: false, isHidden: false, unread: 0, show: note('show'), update: note('update'), destroy: note('destroy') }
  const open = () => {
    widget.isOpen = true
    told.push('open')
    tell('open', undefined)
  }
  const close = () => {
    widget.isOpen = false
    told.push('close')
  }
  const hide = () => {
    widget.isHidden = true
  }
  const toggle = () => (widget.isOpen ? close() : open())
  const [identify, logout, track] = [note('identify'), note('logout'), note('track')]
  return { told, widget: Object.assign(widget, { open, close, hide, toggle, identify, logout, track }) }
}

const fromTag: Settings = {
  license: '1',
  clientId: 'demo',
  server: 'https://chat.example',
  load: 'manual',
  consent: 'none',
  locale: 'en',
  theme: 'auto',
  open: false,
}

beforeEach(() => {
  vi.stubGlobal('document', { body: {}, documentElement: { lang: 'de' } })
  vi.stubGlobal('location', { origin: 'https://shop.example' })
  return () => vi.unstubAllGlobals()
})

function setUp(tag: Settings | null = fromTag) {
  let made: ReturnType<typeof noting> | undefined
  const create = vi.fn((_: Settings, tell: Tell) => {
    made = noting(tell)
    return made.widget
  })
  return { porchlight: createCallable(create, tag), create, told: () => made?.told ?? [] }
}

describe('before init', () => {
  test('verbs wait, in order', async () => {
    const { porchlight, told } = setUp()
    const waiting = [porchlight.open(), porchlight('close')]
    expect(porchlight.state).toBe('waiting')
    await porchlight.init()
    await Promise.all(waiting)
    expect(told()).toEqual(['open', 'close'])
  })

  test('init needs to know whose chat it is', async () => {
    await expect(setUp(null).porchlight.init()).rejects.toThrow('unable to init; license and clientId are missing')
  })

  test('init in code takes the tag’s server and the page’s language', async () => {
    const { porchlight, create } = setUp()
    await porchlight.init({ license: 7, clientId: 'shop' })
    expect(create.mock.calls[0]?.[0]).toMatchObject({
      license: '7',
      clientId: 'shop',
      server: 'https://chat.example',
      locale: 'de',
      load: 'intent',
    })
  })

  test('a second init changes nothing', async () => {
    const { porchlight, create } = setUp()
    await Promise.all([porchlight.init(), porchlight.init()])
    expect(create).toHaveBeenCalledTimes(1)
  })
})

describe('with a widget', () => {
  test('a call is the method', async () => {
    const { porchlight, told } = setUp()
    await porchlight('init')
    await porchlight('toggle')
    expect(porchlight.state).toBe('open')
    await porchlight.toggle()
    expect(porchlight.state).toBe('closed')
    await porchlight('update', { theme: 'dark' })
    await porchlight.hide()
    expect([told(), porchlight.state, porchlight.unread]).toEqual([['open', 'close', 'update'], 'hidden', 0])
  })

  test('on returns the way to stop, also when called', async () => {
    const { porchlight } = setUp()
    const heard = vi.fn()
    const stop = porchlight('on', 'open', heard)
    await porchlight.init()
    await porchlight.open()
    stop()
    await porchlight.open()
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test.each(['nothing', 'toString', '__proto__', 'constructor'])('%s is no verb', (verb) => {
    const { porchlight } = setUp()
    expect(() => (porchlight as (verb: string) => unknown)(verb)).toThrow(`unable to call ${verb}; there is no such verb`)
  })
})

test('the state is told when it changes, whoever changed it', async () => {
  const { porchlight } = setUp()
  const heard: string[] = []
  porchlight.on('state', (state) => {
    heard.push(state)
    expect(porchlight.state).toBe(state)
    // One who answers at once hears the rest in order.
    if (state === 'open') porchlight.destroy()
  })
  await porchlight.init()
  await porchlight.update({})
  await porchlight.hide()
  expect(heard).toEqual(['closed', 'hidden'])
  await porchlight.destroy()
  await porchlight.init()
  await porchlight.open()
  await porchlight.init()
  expect(heard).toEqual(['closed', 'hidden', 'destroyed', 'closed', 'open', 'destroyed', 'closed'])
})

describe('after destroy', () => {
  test('what waited for a widget rejects, and a later one does not hear of it', async () => {
    const { porchlight, told } = setUp()
    const waiting = porchlight.open()
    void porchlight.destroy()
    await expect(waiting).rejects.toThrow('unable to go on; the widget was destroyed')
    await porchlight.init()
    expect(told()).toEqual([])
  })

  test('verbs reject until init', async () => {
    const { porchlight, told, create } = setUp()
    await porchlight.init()
    await porchlight.destroy()
    expect([told(), porchlight.state]).toEqual([['destroy'], 'destroyed'])
    await expect(porchlight.open()).rejects.toThrow('unable to go on; the widget was destroyed')
    await porchlight.init()
    await porchlight.open()
    expect([create.mock.calls.length, porchlight.state]).toEqual([2, 'open'])
  })
})
