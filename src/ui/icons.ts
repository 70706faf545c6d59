/** The one set of icons as path data: 20 px grid, 1.5 px stroke. Plain text, so that the launcher can draw them without Preact. */

export const CHAT = 'M3.75 4.75h12.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H9.5l-3.75 3v-3h-2a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1Z'
export const CHEVRON_DOWN = 'm5 7.75 5 5 5-5'
export const CHEVRON_START = 'm12.25 5-5 5 5 5'
export const CLOSE = 'm5.25 5.25 9.5 9.5m0-9.5-9.5 9.5'
export const SEND = 'M10 16.25V3.75m0 0L4.75 9M10 3.75 15.25 9'
export const ARROW_DOWN = 'M10 3.75v12.5m0 0L15.25 11M10 16.25 4.75 11'
export const CHECK = 'm4.5 10.5 3.5 3.5 7.5-8'
export const CHECK_TWICE = 'm1.75 10.5 3.25 3.5 6.5-8m-2.25 7 .75 1 7-8'
export const CLOCK = 'M10 17.25a7.25 7.25 0 1 0 0-14.5 7.25 7.25 0 0 0 0 14.5ZM10 6v4.25l2.75 1.5'
export const ALERT = 'M10 17.25a7.25 7.25 0 1 0 0-14.5 7.25 7.25 0 0 0 0 14.5ZM10 6.25v4.5m0 2.75v.01'
export const END = `${CHAT}m4.25 2.75 4 4m0-4-4 4`
export const PERSON = 'M10 9.75a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 6.5c.6-2.6 3-4 6-4s5.4 1.4 6 4'
export const NOTE = 'M4.75 3.75h10.5a1 1 0 0 1 1 1v7l-4.5 4.5h-7a1 1 0 0 1-1-1V4.75a1 1 0 0 1 1-1Zm11.5 8h-3.5a1 1 0 0 0-1 1v3.5'
export const SEARCH = 'M8.75 14.25a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM16.75 16.75l-4-4'
export const EYE =
  'M1.75 10S4.5 4.75 10 4.75 18.25 10 18.25 10 15.5 15.25 10 15.25 1.75 10 1.75 10ZM10 12.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5Z'
