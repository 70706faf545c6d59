/** One WebSocket of the platform, which is a link as it is. Where there is none, or the address is refused, it will not be another time either. */
import type { Link, LinkEvents } from './link.ts'

export function openSocket(url: string, events: LinkEvents): Link | null {
  try {
    const socket = new WebSocket(url)
    socket.onopen = () => events.open()
    socket.onmessage = ({ data }) => events.frame(data as string)
    socket.onclose = ({ code, reason }) => events.closed(code, reason)
    // What is wrong is told by the end. To `ws` an error that nobody hears is the end of the process.
    socket.onerror = () => {}
    return socket
  } catch {
    return null
  }
}
