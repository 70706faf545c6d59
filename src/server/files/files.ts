/** The interface to the bytes of files. Each lies under an id of ours: what its uploader called it is none of the concern here. */

import type { Readable } from 'node:stream'

/** A part of a file, both ends included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

export interface Files {
  /**
   * Takes in everything, or nothing: when the promise resolves the bytes are safe and whole, and what fails or is cut short
   * leaves none. Ids are given out once, so nothing is ever written over.
   */
  write(id: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** Null when there are none under the id. Holds on to the file until it is read to its end or destroyed. */
  read(id: string, range?: ByteRange): Promise<Readable | null>
  /** What is not there is removed already. */
  remove(id: string): Promise<void>
}

/** There is no space for it just now. */
export class NoSpace extends Error {
  override readonly name = 'NoSpace'
}
