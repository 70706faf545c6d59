/** The interface to one socket, as the wire's near end uses it; what a page offers for it is the kit's. */
export type { Link, LinkEvents } from '../kit/link.ts'
