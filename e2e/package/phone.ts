/** A phone for tests: the packed package in it, React to render with, and web views that are real pages of a real browser. */
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { useEffect } from 'react'
import type * as Door from '../../src/native/index.ts'
import type * as Rich from '../../src/sdk/rich/index.ts'
import type { Project } from './project.ts'

interface WebViewProps {
  readonly source: { readonly uri: string }
  readonly injectedJavaScriptObject: object
  onShouldStartLoadWithRequest(request: { url: string }): boolean
  onMessage(event: { nativeEvent: { data: string; url: string } }): void
  onError(): void
}

/** As in React Native, a socket says that it comes from where it goes to. */
class AppSocket extends WebSocket {
  constructor(url: string) {
    super(url, { headers: { origin: new URL(url.replace(/^ws/, 'http')).origin } } as unknown as string[])
  }
}

export class Phone {
  /** Every page that was opened, and what it complained about. */
  readonly opened: string[] = []
  readonly complaints: string[] = []
  /** Addresses that a page wanted to go to and was not let. */
  readonly refused: string[] = []
  readonly #context: BrowserContext
  readonly #project: Project

  private constructor(context: BrowserContext, project: Project) {
    this.#context = context
    this.#project = project
  }

  static async with(context: BrowserContext, project: Project): Promise<Phone> {
    await project.borrow('react')
    await project.write('node_modules/react-native-webview/package.json', '{ "type": "module", "exports": "./index.js" }')
    await project.write('node_modules/react-native-webview/index.js', 'export const { WebView } = globalThis.phone')
    return new Phone(context, project)
  }

  /** What extends the app's instance. */
  async openRich(): Promise<typeof Rich> {
    return (await import(pathToFileURL(this.#project.path('node_modules/porchlight/dist/sdk/rich.js')).href)) as typeof Rich
  }

  /** Opens the door, with what an app has in the place of a browser's globals. */
  async open(): Promise<typeof Door> {
    Object.assign(globalThis, { phone: { WebView: this.#webView }, WebSocket: AppSocket })
    const door = pathToFileURL(this.#project.path('node_modules/porchlight/dist/native/index.js'))
    return (await import(door.href)) as typeof Door
  }

  readonly #webView = (props: WebViewProps) => {
    const { uri } = props.source
    useEffect(() => {
      let mounted = true
      const onMessage: WebViewProps['onMessage'] = (event) => void (mounted && props.onMessage(event))
      const page = this.#context.newPage()
      const shown = page.then((page) => this.#show(page, { ...props, onMessage })).catch(() => mounted && props.onError())
      return () => {
        mounted = false
        // A page that is still being opened cannot be closed yet.
        void shown.then(async () => (await page).close())
      }
    }, [uri])
    return null
  }

  async #show(page: Page, props: WebViewProps): Promise<void> {
    const { uri } = props.source
    this.opened.push(uri)
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()))
    page.on('pageerror', ({ message }) => this.complaints.push(message))
    await page.route(
      (url) => url.href !== uri,
      (route) => {
        const request = route.request()
        if (!request.isNavigationRequest() || props.onShouldStartLoadWithRequest({ url: request.url() })) return route.continue()
        this.refused.push(request.url())
        return route.abort()
      },
    )
    await page.exposeFunction('relay', (data: string) => props.onMessage({ nativeEvent: { data, url: page.url() } }))
    await page.addInitScript((asked) => {
      const { relay } = window as unknown as { relay(data: string): void }
      Object.assign(window, { ReactNativeWebView: { postMessage: relay, injectedObjectJson: () => asked } })
    }, JSON.stringify(props.injectedJavaScriptObject))
    await page.goto(uri)
  }
}
