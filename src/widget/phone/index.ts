/** A panel that fills a small screen, as a module that is loaded where it does. */
export { fillScreen } from './phone.ts'
