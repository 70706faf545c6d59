/** What the first messages do not need is loaded when it is first wanted: from the server of the script tag's file, and beside the package's door. */
export const later = {
  more: (_server?: string) => import('./more.ts'),
}

export type LoadMore = () => ReturnType<typeof later.more>
