/** Where the inbox starts: it joins the agent SDK, the browser's storage and address, and the screens. */
import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import { initAgent } from '../sdk/agent/index.ts'
import { idbStorage } from '../sdk/kit/idb-storage.ts'
import { readAddress } from './address.ts'
import { App } from './app.tsx'
import { createDesk, type Desk } from './desk.ts'
import { createDrafts } from './drafts.ts'
import { createSession } from './session.ts'
import { loadSettings } from './settings.ts'
import './inbox.css'

/** The secret of a sign-in link, taken out of the address before anything else can read it or keep it. */
function takeSecret(): string | null {
  const { signIn } = readAddress(location.hash)
  if (signIn !== null) history.replaceState(null, '', location.pathname)
  return signIn
}

async function start(root: Element): Promise<void> {
  const secret = takeSecret()
  const storage = idbStorage('porchlight-inbox')
  const settings = await loadSettings(storage)
  const drafts = createDrafts(storage)
  const sdk = initAgent({ server: location.origin })
  const session = createSession(sdk)
  const desk = signal<Desk | null>(null)

  effect(() => {
    const state = session.state.value
    if (state.stage !== 'signed_in') return
    void drafts.load(state.me.id)
    const set = createDesk(sdk, state.me, drafts, settings, readAddress(location.hash).chat)
    desk.value = set
    return () => {
      desk.value = null
      set.dispose()
    }
  })
  addEventListener('hashchange', () => desk.value?.select(readAddress(location.hash).chat))
  addEventListener('pagehide', () => void drafts.flush())
  render(<App session={session} desk={desk} />, root)
  await session.start(secret)
}

const root = document.getElementById('inbox')
if (root) void start(root)
