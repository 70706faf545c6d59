/** What every operation takes, and how lists are asked for and answered. */

/** A part of a list, by cursor. */
export interface Page<T> {
  data: T[]
  /** For the next part; null behind the last. */
  next_cursor: string | null
  has_more: boolean
}

/** A part of a list, by number. */
export interface NumberedPage<T> {
  items: T[]
  page: number
  total: number
  totalPages: number
}

/** How much of a list, and from where on. */
export interface ListParams {
  /** 1–100; 20 unless told otherwise. */
  limit?: number
  /** `next_cursor` of the part before. */
  cursor?: string
}

export interface PageParams {
  limit?: number
  /** 1, 2, 3, … */
  page: number
}

/** What every operation takes last. */
export interface RequestOptions {
  /** Aborts it, its retries included. */
  signal?: AbortSignal
  /** Of writes: one is made unless it is given, so that a retry does nothing twice; null leaves it out. 1–255 visible characters. */
  idempotencyKey?: string | null
  /** In ms, for each try; that of the instance unless given, and 10 minutes for the bytes of an upload. */
  timeout?: number
}
