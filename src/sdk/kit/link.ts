/** The interface to one socket: frames of text out, frames of text in, and its end. */

export interface Link {
  send(frame: string): void
  close(code?: number, reason?: string): void
}

export interface LinkEvents {
  open(): void
  frame(text: string): void
  /** Called once, also when the socket never opened. Nothing follows it. */
  closed(code: number, reason: string): void
}
