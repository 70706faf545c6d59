/** Door "./vue": the widget as a component, and what an app may ask it. */
export { Porchlight, type PorchlightComponent, type PorchlightProps, usePorchlight, useUnread, useWidgetState } from './porchlight.ts'
