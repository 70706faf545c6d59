/** Deliberate faults of identity, tabs and files. */
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import type { LinkEvents } from '../../src/sdk/kit/link.ts'
import type { Mutation } from './mutation.ts'

interface Row {
  readonly by: string
}

/** An outbox takes everything for its own that it finds. */
export const ignoreWhose: Mutation = {
  role: 'member',
  environment(environment) {
    const { storage } = environment
    let who = ''
    const claim = <T>(old: T): T => {
      const { entries } = (old ?? {}) as { entries?: readonly Row[] }
      return entries && who ? { ...old, entries: entries.map((entry) => ({ ...entry, by: who })) } : old
    }
    const update = <T>(key: string, change: (old: T | undefined) => T) =>
      storage.update<T>(key, (old) => {
        const next = change(key.includes('/customer/rtm') ? claim(old) : old)
        const { customer_id } = (next ?? {}) as { customer_id?: string }
        if (key.includes('/token')) who = customer_id ?? ''
        return next
      })
    return { ...environment, storage: { ...storage, update } }
  },
}

/** A line is not given up, and what comes on it for the customer before is heard by the next. */
export const shareTheLine: Mutation = {
  role: 'member',
  environment(environment) {
    const heard: LinkEvents[] = []
    const openLink: typeof environment.openLink = (url, events) => {
      heard.push(events)
      const link = environment.openLink(url, {
        ...events,
        frame(text) {
          events.frame(text)
          const latest = heard.at(-1)
          if (latest !== events) latest?.frame(text)
        },
      })
      return link && { ...link, close: () => {} }
    }
    return { ...environment, openLink }
  },
}

/** A page that wakes is told twice of what comes first. */
export const hearTwice: Mutation = (() => {
  let woken = false
  return {
    environment: (environment) => ({
      ...environment,
      onWake: (wake, gone) =>
        environment.onWake(() => {
          woken = true
          wake()
        }, gone),
    }),
    page: (sdk) => ({
      ...sdk,
      on: ((name: '*', listener: (name: string, data: unknown) => void) =>
        sdk.on(name, (told, data) => {
          listener(told, data)
          if (told === 'new_event' && woken) listener(told, data)
          woken &&= told !== 'new_event'
        })) as CustomerSDK['on'],
    }),
  }
})()

/** A file that is sent again under its name is another. */
export const forgetFileNames: Mutation = {
  store: (store) => ({
    ...store,
    commit: (change) =>
      store.commit({
        ...change,
        writes: change.writes.map((write) =>
          write.write === 'insert' && write.table === 'files' ? { ...write, row: { ...write.row, custom_id: null } } : write,
        ),
      }),
  }),
}

/** Whoever takes a file back is told that it is, and it is sent. */
export const cancelInNameOnly: Mutation = {
  page: (sdk) => ({
    ...sdk,
    sendFile(...given) {
      const sending = sdk.sendFile(...given)
      let cancel = () => {}
      const cancelled = new Promise<never>((_, reject) => {
        cancel = () => reject(Object.assign(new Error('unable to send; cancelled'), { code: 'CANCELLED' }))
      })
      return Object.assign(Promise.race([sending, cancelled]), { cancel: () => cancel() })
    },
  }),
}

/** Bytes that no event has stay for ever. */
export const hoard: Mutation = {
  store: (store) => ({ ...store, fileRemovals: async () => [] }),
}
