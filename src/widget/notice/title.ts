/** The title of a page in the back says that there is news, every other second, until the page is in front again. */

const BEAT_MS = 1_000

/** Returns the way to stop. */
export function flashTitle(news: string): () => void {
  let own = document.title
  const turn = () => {
    // What the page has called itself meanwhile is its name from now on.
    if (document.title !== news) own = document.title
    document.title = document.title === news ? own : news
  }
  const stop = () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', stop)
    if (document.title === news) document.title = own
  }
  const timer = setInterval(turn, BEAT_MS)
  document.addEventListener('visibilitychange', stop)
  turn()
  return stop
}
