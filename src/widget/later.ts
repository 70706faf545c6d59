/**
 * What a first message does not need is loaded when it is first wanted. For a script tag each module is a file of its own on
 * the server, and is given what `kit.ts` lists; elsewhere it is a module like any other.
 */
export const later = {
  home: (_server: string) => import('./home/index.ts'),
}
