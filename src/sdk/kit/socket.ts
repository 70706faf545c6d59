/** One WebSocket of the platform. Where it refuses the address, the link just closes. */
import type { Link, LinkEvents } from './link.ts'

export function openSocket(url: string, events: LinkEvents): Link | null {
  if (!globalThis.WebSocket) return null
  let socket: WebSocket | undefined
  try {
    socket = new WebSocket(url)
    socket.onopen = () => events.open()
    socket.onmessage = ({ data }) => events.frame(String(data))
    socket.onclose = ({ code, reason }) => events.closed(code, reason)
  } catch {
    queueMicrotask(() => events.closed(1006, ''))
  }
  return {
    send: (frame) => socket?.send(frame),
    close: (code, reason) => socket?.close(code, reason),
  }
}
