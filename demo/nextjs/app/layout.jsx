// The frame of every page.
import './shop.css'

export const metadata = { title: 'Lantern & Co.' }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
