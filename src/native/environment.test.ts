/** The signs of life that an app gives, each of which it may lack. */
import { expect, it } from 'vitest'
import { nativeEnvironment } from './environment.ts'

function watch() {
  const said: string[] = []
  let state = (_: string) => {}
  let net = (_: { isConnected: boolean | null }) => {}
  let listening = 2
  const environment = nativeEnvironment({
    AppState: {
      addEventListener(_, listener) {
        state = listener
        return { remove: () => void listening-- }
      },
    },
    NetInfo: {
      addEventListener(listener) {
        net = listener
        return () => void listening--
      },
    },
  })
  const stop = environment.onWake(
    () => said.push('wake'),
    () => said.push('gone'),
  )
  return {
    said,
    stop,
    state: (now: string) => state(now),
    net: (isConnected: boolean | null) => net({ isConnected }),
    listening: () => listening,
  }
}

it('wakes in the foreground and with the network, and is gone without it', () => {
  const { said, state, net } = watch()
  state('background')
  state('inactive')
  net(null)
  expect(said).toEqual([])
  state('active')
  net(false)
  net(true)
  expect(said).toEqual(['wake', 'gone', 'wake'])
})

it('stops to listen', () => {
  const { stop, listening } = watch()
  stop()
  expect(listening()).toBe(0)
})

it('does with nothing, and then keeps nothing', () => {
  const environment = nativeEnvironment({})
  environment.onWake(
    () => {},
    () => {},
  )()
  expect(environment.storage.durable).toBe(false)
})
