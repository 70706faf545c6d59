/** What one tab tells the others, the SDK's among them. */

/** Look who the customer is. */
export const LOOK = 0
/** Keep nothing any more. */
export const WITHDRAWN = 'withdrawn'
