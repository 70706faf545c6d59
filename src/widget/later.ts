/**
 * What a first message does not need is loaded when it is first wanted. For a script tag each module is a file of its own on
 * the server, and is given what `kit.ts` lists; elsewhere it is a module like any other.
 */
import { once } from './once.ts'

export const later = {
  tools: once((_server: string) => import('./tools/index.ts')),
  files: once((_server: string) => import('./files/index.ts')),
  emoji: once((_server: string) => import('./emoji/index.ts')),
  lightbox: once((_server: string) => import('./lightbox/index.ts')),
  rating: once((_server: string) => import('./rating/index.ts')),
  transcript: once((_server: string) => import('./transcript/index.ts')),
  notice: once((_server: string) => import('./notice/index.ts')),
  phone: once((_server: string) => import('./phone/index.ts')),
  home: once((_server: string) => import('./home/index.ts')),
  inline: once((_server: string) => import('./inline/index.ts')),
  verbs: once((_server: string) => import('./verbs/index.ts')),
  en: once((_server: string) => import('./languages/en.ts')),
  ar: once((_server: string) => import('./languages/ar.ts')),
  de: once((_server: string) => import('./languages/de.ts')),
  es: once((_server: string) => import('./languages/es.ts')),
  fr: once((_server: string) => import('./languages/fr.ts')),
  he: once((_server: string) => import('./languages/he.ts')),
  it: once((_server: string) => import('./languages/it.ts')),
  ja: once((_server: string) => import('./languages/ja.ts')),
  nl: once((_server: string) => import('./languages/nl.ts')),
  pl: once((_server: string) => import('./languages/pl.ts')),
  pt: once((_server: string) => import('./languages/pt.ts')),
  tr: once((_server: string) => import('./languages/tr.ts')),
}

export type Later = typeof later
