'use client'

/** Door "./react": the widget as a component, and what an app may ask it. */
export { Porchlight, type PorchlightProps, usePorchlight, useUnread, useWidgetState } from './porchlight.ts'
