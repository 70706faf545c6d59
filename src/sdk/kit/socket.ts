/** One WebSocket of the platform. Where there is none, or it refuses the address, the link just closes. */
import type { Link, LinkEvents } from './link.ts'

export function openSocket(url: string, events: LinkEvents): Link {
  let socket: WebSocket | undefined
  const close = (code: number, reason: string) => {
    const heard = socket
    socket = undefined
    if (heard) heard.onopen = heard.onmessage = heard.onclose = null
    events.closed(code, reason)
  }
  try {
    socket = new WebSocket(url)
    socket.onopen = () => events.open()
    socket.onmessage = ({ data }) => events.frame(String(data))
    socket.onclose = ({ code, reason }) => close(code, reason)
  } catch {
    queueMicrotask(() => close(1006, 'unable to open a socket'))
  }
  return {
    send: (frame) => socket?.send(frame),
    close: (code = 1000, reason = '') => socket?.close(code, reason),
  }
}
