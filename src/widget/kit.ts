/** What the modules of `later.ts` are given by the widget: what there must be one of, and what it has anyway. */

import { render } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import { Avatar } from '../ui/avatar.tsx'
import { Composer } from '../ui/composer.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LanguageContext, useLanguage } from '../ui/language.ts'
import { MessageLog } from '../ui/message-log.tsx'
import { useView } from '../ui/use-view.ts'
import { createCell } from '../ui/view.ts'
import { START, useFace } from './app/face.ts'
import { namesOf, othersIn } from './app/people.ts'

export const kit = {
  render,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  Fragment,
  jsx,
  jsxs,
  Avatar,
  Composer,
  Icon,
  IconButton,
  LanguageContext,
  MessageLog,
  useLanguage,
  useView,
  createCell,
  START,
  useFace,
  namesOf,
  othersIn,
}
