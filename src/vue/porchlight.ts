/** The widget as a component of Vue, and composables for whatever else a page shows of it. */
import {
  type AllowedComponentProps,
  type ComponentCustomProps,
  defineComponent,
  h,
  onActivated,
  onBeforeUnmount,
  onDeactivated,
  onMounted,
  type Ref,
  shallowRef,
  type VNodeProps,
  watch,
} from 'vue'
import { createMount } from '../embed/mounts.ts'
import { porchlightOf } from '../embed/porchlight.ts'
import { DEFAULT_NAME, type WidgetProps } from '../embed/props.ts'
import { ON_SERVER, type Watch, watchOf } from '../embed/watch.ts'
import type { PorchlightApi, WidgetState } from '../widget/index.ts'

/** In a template `@open` is `onOpen`. */
export interface PorchlightProps extends WidgetProps {}

/** What templates, JSX and `h` check against, in every Vue since 3.3. */
export type PorchlightComponent = new () => {
  $props: PorchlightProps & AllowedComponentProps & ComponentCustomProps & VNodeProps
}

/** Vue takes a yes or no that is not given for a no, unless there is a default. */
const YES_OR_NO = { type: Boolean, default: undefined }
const GIVEN = { type: null, default: undefined }
const LISTENER = { type: Function, default: undefined }

const PROPS = {
  ...{ license: GIVEN, clientId: GIVEN, server: GIVEN, token: GIVEN, global: GIVEN, nonce: GIVEN, load: GIVEN, consent: GIVEN },
  ...{ locale: GIVEN, words: GIVEN, theme: GIVEN, brand: GIVEN, position: GIVEN, icon: GIVEN, beforeSend: GIVEN, beforeOpen: GIVEN },
  ...{ inline: YES_OR_NO, loader: YES_OR_NO, open: YES_OR_NO, launcher: { type: [Boolean, String], default: undefined } },
  ...{ onOpen: LISTENER, onClose: LISTENER, onUnread: LISTENER, onError: LISTENER },
}

/**
 * The chat on a page. Mounted several times it is one widget for each project; the last to be unmounted takes it away.
 * @example <Porchlight server="https://chat.example.com" :license="1" client-id="shop" />
 */
export const Porchlight = defineComponent({
  name: 'Porchlight',
  inheritAttrs: false,
  props: PROPS,
  setup(given, { attrs }) {
    const all = given as unknown as PorchlightProps
    const place = shallowRef<Element | null>(null)
    const mount = createMount()
    const tell = () => mount.set({ props: { ...all }, container: place.value })
    watch([() => ({ ...all }), place], tell, { flush: 'post' })
    onMounted(() => {
      tell()
      mount.add()
    })
    onActivated(mount.add)
    onDeactivated(mount.remove)
    onBeforeUnmount(mount.remove)
    return () => (all.inline ? h('div', { ...attrs, ref: place }) : null)
  },
}) as unknown as PorchlightComponent

/**
 * The page's `Porchlight`, always the same one, usable before it is loaded: its verbs then wait. `global` names the widget
 * where a page shows more than one project.
 * @example const porchlight = usePorchlight(); helpButton.onclick = () => porchlight.open()
 */
export const usePorchlight = (global: string = DEFAULT_NAME): PorchlightApi => porchlightOf(global)

/** The number of messages not seen yet; 0 as long as nothing is known. @example const unread = useUnread() */
export const useUnread = (global: string = DEFAULT_NAME): Readonly<Ref<number>> =>
  useWatched(global, ON_SERVER.unread(), ({ unread }) => unread())

/** Whether the widget is open, closed, hidden, not there yet or not any more. @example const state = useWidgetState() */
export const useWidgetState = (global: string = DEFAULT_NAME): Readonly<Ref<WidgetState>> =>
  useWatched(global, ON_SERVER.state(), ({ state }) => state())

/** Begins with what a server knows, so that a page that comes from there is taken over as it is. */
function useWatched<T>(global: string, onServer: T, read: (watched: Watch) => T): Readonly<Ref<T>> {
  const watched = watchOf(global)
  const seen = shallowRef(onServer)
  const look = () => {
    seen.value = read(watched)
  }
  let stop = () => {}
  onMounted(() => {
    look()
    stop = watched.subscribe(look)
  })
  onBeforeUnmount(() => stop())
  return seen
}
