/** *How to start*, as the authors of chat.io's SDK print it: other is only what must be. */
import { pathToFileURL } from 'node:url'
import { createElement } from 'react'
import { create } from 'react-test-renderer'
import { transformWithOxc } from 'vite'
import type { CustomerSDK } from '../../src/sdk/customer/index.ts'
import { HostServer } from '../hosts/host-server.ts'
import { Phone } from '../package/phone.ts'
import { SNIPPETS } from './scene.ts'
import { expect, logged, section, test } from './test.ts'

/** What the snippet of an app takes for granted. */
const GIVEN_TO_APP = "const LICENSE_NUMBER = 1, CLIENT_ID = 'app', REDIRECT_URI = 'lantern://chat', View = 'View'"

section('How to start', (snippet) => {
  test(snippet('About chat.io Customer JS SDK'), async ({ started }) => {
    await started.run(['About chat.io Customer JS SDK'])
    await logged(started).toMatchObject([{ accessToken: expect.any(String), tokenType: 'Bearer', entityId: expect.any(String) }])
  })

  for (const [heading, file] of [
    ['Using npm: import', 'a.mjs'],
    ['Using npm: require', 'a.cjs'],
  ] as const) {
    test(snippet(heading), async ({ project }) => {
      const code = SNIPPETS[heading]?.replace('@livechat/chat.io-customer-sdk', 'porchlight')
      await project.write(file, `${code}\nconsole.log(typeof chatIoCustomerSDK.init)`)
      expect(await project.run(process.execPath, file)).toEqual({ code: 0, out: 'function', err: '' })
    })
  }

  test(snippet('Using script tag'), async ({ page, server }) => {
    const tag = SNIPPETS['Using script tag']?.replace(/https:[^"]+/, `${server.url}/customer-sdk.js`)
    const site = await HostServer.serve({ html: `<!doctype html><title>A page</title>${tag}` })
    await page.goto(site.url)
    expect(await page.evaluate('typeof CustomerSDK.init')).toBe('function')
    await site.close()
  })

  test(snippet('Using the API in React Native'), async ({ context, project, server }) => {
    await server.command('client', 'create', 'app', '--license', '1', '--kind', 'native', '--redirect-uri', 'lantern://chat')
    const phone = await Phone.with(context, project)
    const { AuthWebView } = await phone.open()
    const printed = (SNIPPETS['Using the API in React Native'] ?? '')
      .replace(/^import .*\n/gm, '')
      .replace('license: LICENSE_NUMBER,', 'server: SERVER,\n      license: LICENSE_NUMBER,')
      .replace('// you can start using customerSDK from now', 'START(customerSDK)')
    const { code } = await transformWithOxc(printed, 'app.jsx', { jsx: { runtime: 'classic' } })
    await project.write(
      'app.mjs',
      `import React from 'react'\nimport { AuthWebView, init } from 'porchlight/react-native'\n${GIVEN_TO_APP}\n${code}`,
    )
    const started = new Promise<CustomerSDK>((resolve) => Object.assign(globalThis, { SERVER: server.url, START: resolve }))
    const { default: App } = await import(pathToFileURL(project.path('app.mjs')).href)
    const app = create(createElement(App))
    const sdk = await started
    expect((await sdk.auth.getToken()).entityId).toEqual(expect.any(String))
    expect(app.root.findAllByType(AuthWebView)).toHaveLength(1)
    sdk.destroy()
    app.unmount()
  })

  test(snippet('Use the API: init'), async ({ scene }) => {
    await scene.run(['Use the API: init'])
    expect(await scene.call((sdk) => new Promise((resolve) => sdk.on('connected', resolve)))).toEqual({ chatsSummary: [], totalChats: 0 })
  })

  test(snippet('Use the API: attach events'), async ({ started }) => {
    await started.run(['Use the API: attach events'])
    const { id } = await started.startChat()
    await started.agent.say(id, 'Hello yourself')
    await logged(started).toMatchObject([{ chat: id, event: { type: 'message', text: 'Hello yourself' } }])
  })

  test(snippet('Use the API: execute methods'), async ({ started }) => {
    const { id } = await started.startChat()
    await started.run(['Use the API: execute methods'], { OU0V0P0OWT: id })
    await logged(started).toMatchObject([{ type: 'message', text: 'Hi!', thread: expect.any(String) }])
    expect(await started.agent.chatSaying('Hi!')).toBe(id)
  })
})
