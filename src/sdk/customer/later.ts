/** Loads what the first messages do not need. Built, it is a file of its own that lies beside this one, or has an address. */
export const loadMore = () => import('./more.ts')
