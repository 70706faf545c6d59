/** The one component that a React Native app mounts: unseen, it opens the server's own page whenever the SDK needs a token. */
import { createElement, Fragment, type ReactElement, useState, useSyncExternalStore } from 'react'
import { WebView } from 'react-native-webview'
import { createView, type Errand } from './errands.ts'
import { readAnswer } from './message.ts'

/** There, or the platform would not run the page; and out of everyone's way. */
const UNSEEN = { position: 'absolute', width: 1, height: 1, opacity: 0, pointerEvents: 'none' } as const

/**
 * Gives the SDK its tokens, for every `init` with a `redirectUri`. Mount it once, anywhere that stays.
 * @example <View><AuthWebView /></View>
 */
export function AuthWebView(): ReactElement {
  const [view] = useState(createView)
  const errands = useSyncExternalStore(view.watch, view.errands, view.errands)
  return createElement(
    Fragment,
    null,
    errands.map((errand) => createElement(WebView, { key: errand.asked.id, ...propsOf(errand) })),
  )
}

function propsOf({ uri, asked, settle, fail }: Errand) {
  const isPage = (url: string) => url === uri
  return {
    source: { uri },
    originWhitelist: [uri.replace(/^(https?:\/\/[^/]+).*/, '$1')],
    injectedJavaScriptObject: asked,
    // What the page keeps is who the customer is the next time.
    incognito: false,
    setSupportMultipleWindows: false,
    onShouldStartLoadWithRequest: ({ url }: { url: string }) => isPage(url),
    onMessage({ nativeEvent: { data, url } }: { nativeEvent: { data: string; url: string } }) {
      const answer = isPage(url) ? readAnswer(data) : null
      if (answer?.id === asked.id) settle(answer)
    },
    onError: fail,
    onHttpError: fail,
    onRenderProcessGone: fail,
    onContentProcessDidTerminate: fail,
    containerStyle: UNSEEN,
    accessibilityElementsHidden: true,
    importantForAccessibility: 'no-hide-descendants' as const,
  }
}
