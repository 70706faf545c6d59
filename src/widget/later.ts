/**
 * What a first message does not need is loaded when it is first wanted. For a script tag each module is a file of its own on
 * the server, and is given what `kit.ts` lists; elsewhere it is a module like any other.
 */
import { once } from './once.ts'

const modules = {
  tools: () => import('./tools/index.ts'),
  body: () => import('./body/index.ts'),
  messages: () => import('./messages/index.ts'),
  writing: () => import('./writing/index.ts'),
  replies: () => import('./replies/index.ts'),
  mentions: () => import('./mentions/index.ts'),
  'quick-replies': () => import('./quick-replies/index.ts'),
  files: () => import('./files/index.ts'),
  emoji: () => import('./emoji/index.ts'),
  lightbox: () => import('./lightbox/index.ts'),
  rating: () => import('./rating/index.ts'),
  transcript: () => import('./transcript/index.ts'),
  notice: () => import('./notice/index.ts'),
  phone: () => import('./phone/index.ts'),
  home: () => import('./home/index.ts'),
  inline: () => import('./inline/index.ts'),
  verbs: () => import('./verbs/index.ts'),
  en: () => import('./languages/en.ts'),
  ar: () => import('./languages/ar.ts'),
  de: () => import('./languages/de.ts'),
  es: () => import('./languages/es.ts'),
  fr: () => import('./languages/fr.ts'),
  he: () => import('./languages/he.ts'),
  it: () => import('./languages/it.ts'),
  ja: () => import('./languages/ja.ts'),
  nl: () => import('./languages/nl.ts'),
  pl: () => import('./languages/pl.ts'),
  pt: () => import('./languages/pt.ts'),
  tr: () => import('./languages/tr.ts'),
  'emoji-ar': () => import('./emoji/names/ar.ts'),
  'emoji-de': () => import('./emoji/names/de.ts'),
  'emoji-es': () => import('./emoji/names/es.ts'),
  'emoji-fr': () => import('./emoji/names/fr.ts'),
  'emoji-he': () => import('./emoji/names/he.ts'),
  'emoji-it': () => import('./emoji/names/it.ts'),
  'emoji-ja': () => import('./emoji/names/ja.ts'),
  'emoji-nl': () => import('./emoji/names/nl.ts'),
  'emoji-pl': () => import('./emoji/names/pl.ts'),
  'emoji-pt': () => import('./emoji/names/pt.ts'),
  'emoji-tr': () => import('./emoji/names/tr.ts'),
}

export type Later = typeof modules

/** Once for a page. */
export const later = once((name: keyof Later, _server: string): Promise<unknown> => modules[name]()) as <N extends keyof Later>(
  name: N,
  server: string,
) => ReturnType<Later[N]>
