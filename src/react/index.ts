/** Door "./react": the widget as a component, and what an app may ask it. */
'use client'

export { Porchlight, type PorchlightProps, usePorchlight, useUnread, useWidgetState } from './porchlight.ts'
