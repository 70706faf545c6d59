/** What the modules of `later.ts` are given by the widget: what there must be one of, and what it has anyway. */

import { useState } from 'preact/hooks'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import { Avatar } from '../ui/avatar.tsx'
import { useLanguage } from '../ui/language.ts'
import { parseMarkdown } from '../ui/markdown.ts'
import { useView } from '../ui/use-view.ts'
import { COMPOSER, useFace } from './app/face.ts'
import { PlainHead } from './app/header.tsx'
import { agentsOf, namesOf } from './app/people.ts'

export const kit = {
  Fragment,
  jsx,
  jsxs,
  useState,
  Avatar,
  useLanguage,
  parseMarkdown,
  useView,
  COMPOSER,
  useFace,
  PlainHead,
  agentsOf,
  namesOf,
}
