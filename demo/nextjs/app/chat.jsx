'use client'

// The widget, which is told who is signed in. With `idle` it shows what is unread before anybody opens it.
import { Porchlight } from 'porchlight/react'

export const Chat = ({ server, token }) => (
  <Porchlight server={server} license={1} clientId="demo" token={token} load="idle" brand="#0a6b5d" />
)
