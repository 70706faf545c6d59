/** H-21 and H-22: what readers set their devices to, and pages that are read from the right. The states are gone through in `e2e/journeys/{access,states,languages,screen-reader}.test.ts`. */
import { page } from './host-page.ts'
import { rows } from './test.ts'

rows({
  'H-21 a small screen on its side, forced colours, less motion, more contrast': ({ tag }) => ({
    html: page(tag, { head: '<meta name="viewport" content="width=device-width">' }),
    browser: {
      viewport: { width: 320, height: 256 },
      forcedColors: 'active',
      reducedMotion: 'reduce',
      contrast: 'more',
      colorScheme: 'dark',
    },
  }),
  'H-21 text at twice its size': ({ tag }) => ({
    html: page(tag, { head: '<link rel="stylesheet" href="/large.css">' }),
    files: { '/large.css': 'html { font-size: 200% }' },
  }),
  'H-22 a page from right to left with a chat from left to right': (chat) => ({
    html: page(chat.tag.replace('<script', '<script data-locale="en"')).replace('<html lang="en"', '<html lang="ar" dir="rtl"'),
  }),
})
