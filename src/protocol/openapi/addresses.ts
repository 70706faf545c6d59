/** Operations that are written out, each with its address and under its heading. */
import type { Address, Method, Operation } from './form.ts'

export const under =
  (tag: string) =>
  (method: Method, path: string, operation: Omit<Operation, 'tags'>): Address => ({
    path,
    method,
    operation: { tags: [tag], ...operation },
  })
