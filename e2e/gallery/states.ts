/** Every state that a visitor can see the widget in, and the way there. */
import { expect } from '@playwright/test'
import { drawing } from './drawing.ts'
import type { Stage } from './stage.ts'

export const STATES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  launcher: async (stage) => {
    await stage.visit()
    await expect(stage.find('.launcher button')).toBeVisible()
  },
  'launcher-failed': async (stage) => {
    await stage.page.route('**/widget.js*', (route) => route.abort())
    await stage.visit(undefined, 'loader.js')
    await stage.find('.launcher button').click()
    await expect(stage.find('.trouble')).not.toBeEmpty()
  },
  message: async (stage) => {
    await stage.talk()
    await stage.close()
    await stage.answer(stage.texts.more)
    await expect(stage.find('.toast')).toBeVisible()
  },
  welcome: async (stage) => {
    await stage.visit()
    await stage.open()
    await expect(stage.find('.welcome')).toBeVisible()
  },
  loading: async (stage) => {
    await stage.talk()
    await stage.page.route('**/v1/**', () => undefined)
    await stage.page.routeWebSocket('**/rtm*', () => undefined)
    await stage.page.reload()
    await stage.open()
    await expect(stage.find('.outlines')).toBeVisible()
  },
  conversation: async (stage) => {
    await stage.talk()
    await stage.say(stage.texts.thanks)
  },
  typing: async (stage) => {
    await stage.talk()
    await stage.type()
    await expect(stage.find('.typing')).toBeVisible()
  },
  new: async (stage) => {
    await stage.talk()
    await stage.close()
    await stage.answer(stage.texts.more)
    await stage.open()
    await expect(stage.find('.new')).toBeVisible()
  },
  offline: async (stage) => {
    await stage.talk()
    await stage.page.context().setOffline(true)
    await stage.box.fill(stage.texts.thanks)
    await stage.box.press('Enter')
    await expect(stage.find('.delivery.waiting')).toBeVisible()
    await expect(stage.find('.strip p')).toBeVisible()
  },
  failed: async (stage) => {
    await stage.page.routeWebSocket('**/rtm*', (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((message) => {
        const { action, request_id } = JSON.parse(String(message))
        if (action !== 'send_event') return server.send(message)
        const error = { type: 'validation', message: 'unable to send_event; no' }
        socket.send(JSON.stringify({ request_id, action, type: 'response', success: false, payload: { error } }))
      })
    })
    await stage.talk()
    await stage.box.fill(stage.texts.thanks)
    await stage.box.press('Enter')
    await expect(stage.find('.failed')).toBeVisible()
  },
  unavailable: async (stage) => {
    await stage.visit('data-license="99" data-client-id="nobody"')
    await stage.find('.launcher button').click()
    await expect(stage.find('.problem')).toBeVisible()
  },
  closed: async (stage) => {
    await stage.talk()
    await stage.find('.head .options + .icon-button').click()
    await expect(stage.find('.rating')).toBeVisible()
  },
  rated: async (stage) => {
    await STATES['closed']?.(stage)
    await stage.find('.rating .values button').first().click()
    await stage.find('.rating textarea').fill(stage.texts.comment)
  },
  home: async (stage) => {
    await stage.talk()
    await stage.find('.head .options + .icon-button').click()
    await stage.find('.closed button').click()
    await stage.say(stage.texts.older)
    await stage.find('.head .icon-button').first().click()
    await expect(stage.find('.presence')).not.toBeEmpty()
    await stage.answer(stage.texts.more)
    await expect(stage.find('.count')).toBeVisible()
  },
  emoji: async (stage) => {
    await stage.talk()
    await stage.find('.keys button').nth(1).click()
    await expect(stage.find('.picker input')).toBeFocused()
  },
  files: async (stage) => {
    await stage.talk()
    const file = { name: 'a-rather-long-name-of-a-letter-to-the-shop.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }
    await stage.attach([drawing('lamp.png'), file])
    await stage.box.press('Enter')
    await expect(stage.find('.log .picture, .log .file')).toHaveCount(2)
    await stage.page.route('**/upload_file?*', () => undefined)
    await stage.attach([drawing('second.png')])
    await stage.box.press('Enter')
    await expect(stage.find('progress')).toBeVisible()
    await stage.attach([drawing('third.png'), file])
    await expect(stage.find('.preview .drawn').last()).toBeVisible()
  },
  picture: async (stage) => {
    await stage.talk()
    await stage.attach([drawing('lamp.png'), drawing('second.png')])
    await stage.box.press('Enter')
    await expect(stage.find('.log .picture')).toHaveCount(2)
    await stage.find('.log .picture').first().click()
    await expect(stage.find('.lightbox .picture-box:not(.waits) img')).toBeVisible()
  },
  options: async (stage) => {
    await stage.talk()
    await stage.find('.options > button').click()
    await expect(stage.find('.choices')).toBeVisible()
  },
  actions: async (stage) => {
    await stage.talk()
    await stage.menuOf()
  },
  sheet: async (stage) => {
    await stage.talk()
    await stage.say(stage.texts.thanks)
    await expect(stage.find('.act').first()).toBeAttached()
    await stage
      .find('.own .bubble')
      .last()
      .evaluate((target) => {
        const touch = new Touch({ identifier: 1, target, clientX: 1, clientY: 1 })
        target.dispatchEvent(new TouchEvent('touchstart', { touches: [touch], bubbles: true, composed: true }))
      })
    await expect(stage.find('.sheet')).toBeVisible()
    await stage.page.waitForTimeout(300)
  },
  deleting: async (stage) => {
    await stage.talk()
    await stage.say(stage.texts.thanks)
    await stage.menuOf()
    await stage.page.keyboard.press('End')
    await stage.page.keyboard.press('Enter')
    await expect(stage.find('.question')).toBeVisible()
  },
  messages: async (stage) => {
    await stage.talk()
    const [question, answer] = await stage.events()
    const react = (event_id: string | undefined, emoji: string) => stage.agentDoes('add_reaction', { event_id, emoji })
    await react(question?.id, '❤️')
    await stage.menuOf()
    await stage.page.keyboard.press('Enter')
    await expect(stage.find('.reaction')).toHaveCount(2)
    await react(answer?.id, '🎉')
    await stage.agentDoes('send_event', { event: { type: 'message', text: stage.texts.replied, reply_to_id: question?.id } })
    await stage.agentDoes('edit_event', { event_id: answer?.id, text: stage.texts.more })
    await stage.menuOf()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await stage.page.keyboard.press(key)
    await stage.say(stage.texts.naming)
    await stage.say(stage.texts.older)
    await stage.menuOf()
    for (const key of ['End', 'Enter', 'Tab', 'Enter']) await stage.page.keyboard.press(key)
    await expect(stage.find('.gone')).toBeVisible()
    await expect(stage.find('.replied')).toBeVisible()
    await expect(stage.find('.mention')).toBeVisible()
  },
  suggested: async (stage) => {
    await stage.talk()
    const { more, suggested } = stage.texts
    await stage.agentDoes('send_event', { event: { type: 'message', text: more, quick_replies: suggested } })
    await expect(stage.find('.quick-reply')).toHaveCount(3)
  },
  quoting: async (stage) => {
    await stage.talk()
    await stage.menuOf()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await stage.page.keyboard.press(key)
    await expect(stage.find('.quoting')).toBeVisible()
  },
  editing: async (stage) => {
    await stage.talk()
    await stage.say(stage.texts.older)
    await expect(stage.find('.act').first()).toBeAttached()
    await expect(async () => {
      await stage.box.press('ArrowUp')
      await expect(stage.find('.editing')).toBeVisible({ timeout: 500 })
    }).toPass()
  },
  names: async (stage) => {
    await stage.talk()
    await stage.box.fill('@')
    await expect(stage.find('.suggestions')).toBeVisible()
  },
  replies: async (stage) => {
    await stage.talk()
    const [, answer] = await stage.events()
    await stage.agentDoes('send_event', { event: { type: 'message', text: stage.texts.replied, reply_to_id: answer?.id } })
    await stage.find('.replied').click()
    await expect(stage.find('.replies-count')).toBeVisible()
    await stage.find('.replies > .composer textarea').fill(stage.texts.reply)
    await stage.find('.replies > .composer textarea').press('Enter')
    await expect(stage.find('.replies .delivery.sent, .replies .delivery.seen')).toBeVisible()
  },
}
