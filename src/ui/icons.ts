/** The one set of icons as path data: 20 px grid, 1.5 px stroke. Plain text, so that the launcher can draw them without Preact. */

export const CHAT = 'M3.75 4.75h12.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H9.5l-3.75 3v-3h-2a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1Z'
export const CHEVRON_DOWN = 'm5 7.75 5 5 5-5'
export const CHEVRON_START = 'm12.25 5-5 5 5 5'
export const CHEVRON_END = 'm7.75 5 5 5-5 5'
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
export const CLIP = 'm15.5 9.25-5.9 5.9a3.5 3.5 0 0 1-4.95-4.95l6.2-6.2a2.25 2.25 0 0 1 3.2 3.2l-5.95 5.9a1.1 1.1 0 0 1-1.55-1.55l5.1-5.05'
export const SMILE =
  'M10 17.25a7.25 7.25 0 1 0 0-14.5 7.25 7.25 0 0 0 0 14.5ZM7.5 8.25v.01m5-.01v.01M6.75 11.75c.6 1.3 1.8 2 3.25 2s2.65-.7 3.25-2'
export const MORE = 'M5.25 10a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0Zm5.25 0a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0Zm5.25 0a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0Z'
export const PLUS = 'M10 4.5v11M4.5 10h11'
export const REPLY = 'M8.25 5 4 9.25l4.25 4.25M4 9.25h7.25a4.75 4.75 0 0 1 4.75 4.75v1.25'
export const QUOTE = 'M8.25 6h-4v4.5h4V6Zm0 4.5c0 2-1 3.25-2.75 3.75M15.75 6h-4v4.5h4V6Zm0 4.5c0 2-1 3.25-2.75 3.75'
export const TRASH = 'M4.25 5.75h11.5m-7.5-2h3.5m-6.25 2 .7 9.55a1 1 0 0 0 1 .95h5.6a1 1 0 0 0 1-.95l.7-9.55M8.5 9v4.25M11.5 9v4.25'
export const COPY = 'M7.75 6.75h7.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1h-7.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1Zm5.5-3h-8.5a1 1 0 0 0-1 1v8.5'
export const BELL = 'M5.25 13.75h9.5c-.8-1-1.25-2-1.25-4V8.5a3.5 3.5 0 0 0-7 0v1.25c0 2-.45 3-1.25 4Zm3.5 2.5h2.5'
export const DOWNLOAD = 'M10 3.75v9m0 0 3.75-3.75M10 12.75 6.25 9m-2.5 7.25h12.5'
export const FILE = 'M5.75 2.75h5.5l3.5 3.5v10a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1v-12.5a1 1 0 0 1 1-1Zm5.5 0v3.5h3.5'
export const THUMB_UP =
  'M6.25 9 9.5 3.25c1 0 1.75.75 1.75 1.75v3h4a1.25 1.25 0 0 1 1.2 1.55l-1.3 5.25a1.25 1.25 0 0 1-1.2.95h-7.7m0-6.75v6.75m0-6.75h-2.5v6.75h2.5'
export const THUMB_DOWN =
  'm13.75 11-3.25 5.75c-1 0-1.75-.75-1.75-1.75v-3h-4a1.25 1.25 0 0 1-1.2-1.55l1.3-5.25a1.25 1.25 0 0 1 1.2-.95h7.7m0 6.75V4.25m0 6.75h2.5V4.25h-2.5'
export const PEN = 'm12.5 4.75 2.75 2.75M4.25 15.75l.75-3.5 8.25-8.25a1.25 1.25 0 0 1 1.75 0l1 1a1.25 1.25 0 0 1 0 1.75l-8.25 8.25-3.5.75Z'
