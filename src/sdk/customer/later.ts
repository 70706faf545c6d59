/** What the first messages do not need is loaded when it is first wanted: from the server of the script tag's file, and beside the package's door. */
const modules = {
  more: () => import('./more.ts'),
}

export type LoadMore = (typeof modules)['more']

export const loadMore = (_server?: string) => modules.more()
