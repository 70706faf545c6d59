/** The component of React takes the widget's options and the door's own, and rejects what is neither. The compiler proves it. */

import { createElement as h } from 'react'
import { expectTypeOf, it } from 'vitest'
import type { Options, PorchlightApi, WidgetState } from '../widget/index.ts'
import { Porchlight, type PorchlightProps, usePorchlight, useUnread, useWidgetState } from './index.ts'

const chat = { license: 1, clientId: 'demo', server: 'https://chat.example' }

/** Never called: only its types count. */
function uses(props: (given: PorchlightProps) => void): void {
  h(Porchlight, chat)
  h(Porchlight, {
    ...chat,
    theme: 'dark',
    brand: undefined,
    launcher: 'none',
    beforeSend: ({ text, ...rest }) => text !== '' && { ...rest, text },
  })
  h(Porchlight, { ...chat, token: null, inline: true, loader: false, global: 'Sales', nonce: 'x', onUnread: (count) => count.toFixed() })

  // @ts-expect-error there is no such theme
  h(Porchlight, { ...chat, theme: 'pink' })
  // @ts-expect-error a license is a number or text
  h(Porchlight, { ...chat, license: true })
  // @ts-expect-error the chat is drawn in the component's own element
  props({ ...chat, container: '#chat' })
  // @ts-expect-error the server is not known by a script tag
  props({ license: 1, clientId: 'demo' })
  // @ts-expect-error a count is a number
  h(Porchlight, { ...chat, onUnread: (count: string) => count })
}

it('everything that the widget can be set to is a property, but where it stands', () => {
  expectTypeOf<keyof Omit<Options, 'container'>>().toExtend<keyof PorchlightProps>()
  expectTypeOf(uses).toBeFunction()
  expectTypeOf(usePorchlight).returns.toEqualTypeOf<PorchlightApi>()
  expectTypeOf(useUnread).returns.toEqualTypeOf<number>()
  expectTypeOf(useWidgetState).returns.toEqualTypeOf<WidgetState>()
})
