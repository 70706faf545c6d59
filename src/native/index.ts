/** Door "./react-native": the customer's client in an app, and the component through which it gets its tokens. */
export { AuthWebView } from './auth-web-view.ts'
export * from './init.ts'
export { default } from './init.ts'
