/** The names of what is stored in the visitor's browser. */
import type { Settings } from './settings.ts'

/** Where the SDK keeps who the customer is and what waits to be sent, for all scripts of the page's origin. */
export const SDK_DATABASE = 'porchlight'
/** Where the widget keeps what is its own: drafts. */
export const databaseOf = ({ license, clientId }: Settings): string => `porchlight-widget-${license}-${clientId}`
