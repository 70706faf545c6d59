/** `customer-sdk.js` in the three ways a script of its kind is taken in, and with `rich.js` beside it, also in a worker. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { HostServer } from '../hosts/host-server.ts'
import { ServerProcess } from '../server.ts'
import { vouchFor } from '../vouching.ts'
import { nodes } from './project.ts'
import { expect, test } from './test.ts'

const requirejs = () => readFileSync(createRequire(import.meta.url).resolve('requirejs/require.js'), 'utf8')

const START = `
  sdk = CustomerSDK.init(config)
  sdk.on('connected', function (chats) { document.title = CustomerSDK.version + ' ' + chats.totalChats })`

/** A page of another origin, until the SDK on it has connected. */
async function connects(page: Page, tags: (chat: string) => string, script: (chat: string) => string): Promise<void> {
  const server = await ServerProcess.start()
  const files = { '/require.js': requirejs(), '/start.js': script(server.url) }
  const site = await HostServer.serve({
    html: `<!doctype html><title>A shop</title>${tags(server.url)}<script src="/start.js"></script>`,
    files,
  })
  try {
    await page.goto(site.url)
    await expect(page).toHaveTitle(/^\d+\.\d+\.\d+\S* 0$/)
  } finally {
    await site.close()
    await server.stop()
  }
}

test('a script tag: the global, and the server that the script comes from', async ({ page }) => {
  const tag = (chat: string) => `<script src="${chat}/customer-sdk.js"></script>`
  await connects(page, tag, () => `var config = { license: 1, clientId: 'demo' }, sdk; ${START}`)
})

test('a script tag beside an AMD loader that did not ask for it', async ({ page }) => {
  const tags = (chat: string) => `<script src="/require.js"></script><script src="${chat}/customer-sdk.js"></script>`
  await connects(page, tags, () => `var config = { license: 1, clientId: 'demo' }, sdk; ${START}`)
})

test('AMD', async ({ page }) => {
  const ask = (chat: string) => `
    var config = { license: 1, clientId: 'demo', server: '${chat}' }, sdk
    require(['${chat}/customer-sdk.js'], function (CustomerSDK) { ${START} })`
  await connects(page, () => '<script src="/require.js"></script>', ask)
})

for (const node of nodes()) {
  test(`CommonJS, by ${node}`, async ({ project }) => {
    await project.write('sdk.cjs', readFileSync(fileURLToPath(new URL('../../dist/public/customer-sdk.js', import.meta.url)), 'utf8'))
    await project.write('a.cjs', "const CustomerSDK = require('./sdk.cjs')\nconsole.log(Object.keys(CustomerSDK).sort().join())")
    expect(await project.run(node, 'a.cjs')).toEqual({ code: 0, out: 'init,version', err: '' })
  })
}

/** Two users who are vouched for, one on the page and one in a worker of it. */
const meet = (chat: string, tokens: readonly string[]) => `
  function client(server, token) {
    return PorchlightRich(CustomerSDK.init({ license: 1, clientId: 'demo', server: server, storage: 'memory', getToken: function () { return token } }))
  }
  var source = client + "\\nimportScripts('${chat}/customer-sdk.js', '${chat}/rich.js')\\n" +
    "var sdk = client('${chat}', '${tokens[1]}')\\n" +
    "sdk.on('connected', function () { postMessage('here') })\\n" +
    "sdk.on('new_event', function (told) { sdk.addReaction(told.chat, told.event.id, told.event.attachments ? '🎉' : '🤔') })"
  var worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  var sdk = client('${chat}', '${tokens[0]}')
  var loaded = 0
  sdk.on('reaction_added', function (told) { document.title = [told.emoji, sdk.status, loaded].join(' ') })
  worker.onmessage = async function () {
    var made = await sdk.createChat({ users: ['ben'] })
    var file = await sdk.uploadAttachment(new File(['bytes'], 'a.txt'), { onProgress: function (at) { loaded = at.loaded } })
    await sdk.sendMessage(made.id, { attachments: [file.file_id] })
  }`

test('rich.js beside it, on a page and in a worker', async ({ page }) => {
  const server = await ServerProcess.start()
  const vouch = await vouchFor(server)
  const site = await HostServer.serve({
    html: `<!doctype html><title>A shop</title><script src="${server.url}/customer-sdk.js"></script>
      <script src="${server.url}/rich.js"></script><script src="/start.js"></script>`,
    files: { '/start.js': meet(server.url, [vouch('ann'), vouch('ben')]) },
  })
  try {
    await page.goto(site.url)
    await expect(page).toHaveTitle('🎉 connected 5')
  } finally {
    await site.close()
    await server.stop()
  }
})
