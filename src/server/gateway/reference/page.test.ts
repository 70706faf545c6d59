/** The reference as whoever reads it gets it: whole, without a script, and with no link that leads nowhere. */
import { describe, expect, test } from 'vitest'
import { openApi } from '../../../protocol/openapi/document.ts'
import type { Method, Operation } from '../../../protocol/openapi/form.ts'
import { pageHeaders } from '../pages.ts'
import { curlOf } from './curl.ts'
import { fieldsOf } from './fields.ts'
import { referencePage } from './page.ts'
import { referenceStyles } from './styles.ts'

const api = openApi({ cookie: 'porchlight' })
const html = referencePage(api)
const all = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, found = '']) => found)

describe('[DOC2] the page', () => {
  test('has every operation with its address, its example and its errors, and every schema', () => {
    const articles = html.split('<article ').slice(1)
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, { operationId }] of Object.entries(methods as Record<string, Operation>)) {
        const article = articles.find((one) => one.includes(`id="${operationId}"`))?.replaceAll('<wbr>', '') ?? ''
        expect(article, operationId).toContain(`<span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code>`)
        expect(article, operationId).toContain('<pre><code>curl ')
      }
    }
    for (const name of Object.keys(api.components.schemas))
      expect(
        articles.some((one) => one.includes(`id="${name}"`)),
        name,
      ).toBe(true)
  })

  test('runs nothing, and its policy lets nothing run', () => {
    expect(html).not.toMatch(/<script|<style|style=|\son\w+=|javascript:/)
    const policy = pageHeaders('docs/api', null)['content-security-policy']?.split('; ')
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'none'", "style-src 'self'", "form-action 'none'"]))
  })

  test('leads nowhere but to what is there', () => {
    const ids = all(/ id="([^"]+)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...all(/href="#([^"]+)"/g), ...all(/aria-labelledby="([^"]+)"/g)].filter((id) => !ids.includes(id))).toEqual([])
  })

  test('has headings without a gap', () => {
    const levels = all(/<h(\d)/g).map(Number)
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([])
  })

  test('closes what it opens', () => {
    for (const tag of ['article', 'section', 'table', 'tr', 'td', 'th', 'details', 'ul', 'li', 'code', 'pre', 'div', 'p', 'a', 'span']) {
      expect(html.split(`</${tag}>`).length, tag).toBe(html.split(new RegExp(`<${tag}[ >]`)).length)
    }
    expect(referenceStyles.split('{').length).toBe(referenceStyles.split('}').length)
  })
})

describe('a schema', () => {
  const text = (schema: object) => fieldsOf(schema, 'Fields', true).replace(/<[^>]+>/g, '')

  test('shows what its fields are, whether they are needed, and how much they hold', () => {
    const name = { type: 'string', minLength: 1, maxLength: 64, description: 'Your *own* `name`.' }
    const schema = { type: 'object', required: ['name'], properties: { name, count: { type: 'integer', maximum: 100, default: 10 } } }
    expect(text(schema)).toMatch(/namerequired\s+string 1 to 64 charactersYour own name\./)
    expect(text(schema)).toMatch(/count\s+integer at most 100 10 unless told otherwise/)
  })

  test('shows each of its forms by what tells it apart', () => {
    const form = (word: string, field: string) => ({ type: 'object', properties: { type: { const: word }, [field]: { type: 'string' } } })
    expect(text({ anyOf: [form('message', 'text'), form('file', 'file_id')] })).toMatch(
      /Where type is &quot;message&quot;.*text.*Where type is &quot;file&quot;.*file_id/s,
    )
  })

  test('is text, whatever is in it', () => {
    const schema = { properties: { '<b>': { type: 'string', description: '<img src=x>', enum: ['"<i>"'] } } }
    expect(fieldsOf(schema, '<caption>', true)).not.toMatch(/<b>|<img|<i>|<caption>/)
  })
})

describe('an example', () => {
  const curl = (path: string, method: Method) => curlOf(api, path, method, api.paths[path]?.[method] as Operation)

  test('has what is required: who asks, from where, and the body', () => {
    expect(
      curl('/v1/customer/action/get_chat', 'post'),
    ).toBe(`curl 'https://chat.example.com/v1/customer/action/get_chat?license=1&client_id=app' \\
  -H 'Authorization: Bearer CUSTOMER_TOKEN' \\
  -H 'Content-Type: application/json' \\
  -d '{
  "chat_id": "a3f1c09be2d84d6f"
}'`)
    expect(curl('/v1/agent/action/get_chat', 'post')).toContain(`get_chat?license=1' \\\n  -H 'Authorization: Bearer AGENT_TOKEN'`)
    expect(curl('/v1/agent/session', 'delete')).toContain(`-H 'Origin: https://chat.example.com' \\\n  -b 'porchlight=AGENT_SESSION'`)
    expect(curl('/v1/server/action/get_chat', 'post')).toContain(`-H 'Authorization: Bearer API_KEY'`)
    expect(curl('/v1/customer/action/upload_file', 'post')).toContain(`-F 'file=@lantern.jpg'`)
    expect(curl('/uploads/{id}', 'put')).toMatch(/^curl -X PUT '[^']+\?token=\w+' \\\n {2}--data-binary '@lantern.jpg'$/)
  })

  test('is an address alone where nothing else is needed', () => {
    expect(curl('/healthz', 'get')).toBe(`curl 'https://chat.example.com/healthz'`)
    expect(curl('/files/{id}/{name}', 'get')).toMatch(/^curl 'https:\/\/chat\.example\.com\/files\/\w+\/lantern\.jpg\?exp=\d+&sig=\w+'$/)
  })
})
