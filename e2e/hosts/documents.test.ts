/** H-18: documents of other kinds than today's, and other ways for a script to come into one, or not. */
import { type Make, page, SCRIPTS } from './host-page.ts'
import { expect, rows, test } from './test.ts'

const XML = { 'content-type': 'application/xhtml+xml; charset=utf-8' }
const toXml = (html: string) =>
  html
    .replace('<!doctype html><html lang="en">', '<html xmlns="http://www.w3.org/1999/xhtml" lang="en">')
    .replace(/<(meta|input)([^>]*)>/g, '<$1$2/>')
    .replace('script async', 'script async="async"')

/** As tag managers and ad servers put a script into a page. */
const injected = (script: string) => `
  (function (d, t) {
    var s = d.createElement(t), f = d.getElementsByTagName(t)[0]
    s.async = 1; s.src = '${script}'
    s.setAttribute('data-license', '1'); s.setAttribute('data-client-id', 'demo')
    f.parentNode.insertBefore(s, f)
  })(document, 'script')`

const written = (tag: string) => `<script>document.write('${tag.replace('</script>', '<\\/script>')}')</script>`
const lateBody = '<script>addEventListener("load", function () { document.body.innerHTML = "<h1>All new</h1>" })</script>'

/** What it says of a tag that is written, whatever is in it. */
const OF_THE_BROWSER = /is invoked via document.write/

/** Here there is a chat. */
const SANE: Readonly<Record<string, Make>> = {
  'a document of XML': ({ tag }) => ({ html: toXml(page(tag)), headers: XML }),
  'a tag that is written': ({ tag }) => ({ html: page(written(tag)) }),
  'a tag that is written and waited for': ({ tag }) => ({ html: page(written(tag.replace(' async', ''))) }),
  'a tag in the head that is waited for': ({ tag }) => ({ html: page('', { head: tag.replace(' async', '') }) }),
  'a tag for later': ({ tag }) => ({ html: page('', { head: tag.replace('async', 'defer') }) }),
  'a tag manager': ({ script }) => ({ html: page(`<script>${injected(script)}</script>`) }),
  'a tag after all else': ({ script }) => ({
    html: page(`<script>addEventListener('load', function () { setTimeout(function () { ${injected(script)} }, 200) })</script>`),
  }),
  'a body that is written over': ({ tag }) => ({ html: page(tag + lateBody) }),
  'a wider domain': ({ tag }) => ({
    html: page(`<script>document.domain = 'localhost'</script>${tag}`),
    headers: { 'origin-agent-cluster': '?0' },
  }),
  'a frameset': ({ tag }) => ({
    html: `<html><head><title>A shop</title>${tag}</head><frameset cols="*"><frame src="/inner.html"></frameset></html>`,
    files: { '/inner.html': page('') },
  }),
}

/** Both scripts read their tag by the same code. */
const OF_LOADERS = ['a document of XML', 'a tag manager', 'a frameset']

/** Here there is none, and nobody hears of it. */
const ABSENT: Readonly<Record<string, Make>> = {
  'a tag for old browsers alone': ({ tag }) => ({ html: page(tag.replace('async', 'nomodule')) }),
  'a tag of a module, which is told nothing of it': ({ tag }) => ({ html: page(tag.replace('async', 'type="module"')) }),
  'a document that is written over': ({ tag }) => ({
    html: page(
      `${tag}<script>addEventListener('load', () => setTimeout(() => { document.open(); document.write('<h1>All new</h1>'); document.close() }, 500))</script>`,
    ),
  }),
}

rows({
  'H-18 a page of long ago, by a tag manager': ({ script }) => ({
    html: page(`<script>${injected(script)}</script>`, { head: '<base href="/deep/" target="_blank">' }).replace('<!doctype html>', ''),
  }),
})

for (const script of SCRIPTS) {
  test(`H-18 ways to come into a document, ${script}`, async ({ visit }) => {
    for (const [name, make] of Object.entries(SANE)) {
      if (script === 'loader.js' && !OF_LOADERS.includes(name)) continue
      const visited = await visit(make, { script })
      await expect(visited.chat.launcher, name).toBeVisible()
      await visited.chat.open()
      await visited.chat.say('Hi')
      await expect(visited.chat.log.getByText(/^(Sent|Seen)$/), name).toBeVisible()
      expect(
        visited.complaints.filter((complaint) => !OF_THE_BROWSER.test(complaint)),
        name,
      ).toEqual([])
      await visited.page.close()
    }
  })

  test(`H-18 no place in a document, ${script}`, async ({ visit }) => {
    for (const [name, make] of Object.entries(ABSENT)) {
      const { page, chat, complaints } = await visit(make, { script })
      await page.waitForTimeout(1_000)
      await expect(chat.launcher, name).toHaveCount(0)
      expect(complaints, name).toEqual([])
      await page.close()
    }
  })
}

/** Calls that nobody answers. */
const CALLS = `
  window.Porchlight = window.Porchlight || function () { (Porchlight.q = Porchlight.q || []).push(arguments) }
  Porchlight('track', 'looked'); Porchlight('on', 'open', function () {})`

test('H-18 an ad blocker leaves a page as it is without us, and a launcher that says so', async ({ visit }) => {
  const blocked: Make = ({ tag }) => ({ html: page(`<script>${CALLS}</script>${tag}`) })
  for (const script of SCRIPTS) {
    const { page, chat, complaints } = await visit((given) => blocked(given), { script })
    await page.context().route(/\/widget\.js/, (route) => route.abort('blockedbyclient'))
    await page.reload()
    if (script === 'loader.js') {
      await chat.launcher.click()
      await expect(page.getByRole('status')).toHaveText(/did not load/)
    } else await expect(chat.launcher).toHaveCount(0)
    await page.locator('#basket').click()
    expect(complaints.filter((complaint) => !complaint.includes('ERR_BLOCKED_BY_CLIENT'))).toEqual([])
  }
})
