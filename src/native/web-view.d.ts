// The little of `react-native-webview` that is used, in its own words: an optional peer, which brings all of React Native along.
declare module 'react-native-webview' {
  import type { Component } from 'react'

  interface WebViewProps {
    source: { uri: string }
    originWhitelist?: string[]
    injectedJavaScriptObject?: object
    incognito?: boolean
    setSupportMultipleWindows?: boolean
    onShouldStartLoadWithRequest?(request: { url: string }): boolean
    onMessage?(event: { nativeEvent: { data: string; url: string } }): void
    onError?(): void
    onHttpError?(): void
    onRenderProcessGone?(): void
    onContentProcessDidTerminate?(): void
    containerStyle?: object
    accessibilityElementsHidden?: boolean
    importantForAccessibility?: 'no-hide-descendants'
    testID?: string
  }
  export class WebView extends Component<WebViewProps> {}
}
