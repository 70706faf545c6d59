// Who is signed in is your site's own matter. The chat takes your back end's word for it, as demo/backend gives it.

const people = document.getElementById('people')
const signIn = document.getElementById('sign-in')
const signOut = document.getElementById('sign-out')

async function ask(path, init) {
  const answer = await fetch(path, init)
  if (!answer.ok) throw new Error('this page has no back end; demo/backend is one')
  return answer.text()
}

/** `tell` says what went wrong. */
export function offerAccount(sdk, tell) {
  people.onclick = async ({ target: { value } }) => {
    if (!value) return
    people.hidePopover()
    try {
      await ask('/session', { method: 'POST', body: value })
      await sdk.identify(await ask('/chat-token'))
    } catch (error) {
      tell(`Not signed in: ${error.message}`)
    }
  }
  signOut.onclick = async () => {
    try {
      await ask('/session', { method: 'DELETE' })
      await sdk.logout()
    } catch (error) {
      tell(`Not signed out: ${error.message}`)
    }
  }
}

/** The button that has the focus gives it to the one in its place. */
export function showAccount(name) {
  const had = [signIn, signOut].includes(document.activeElement)
  signIn.hidden = Boolean(name)
  signOut.hidden = !name
  if (had) (name ? signOut : signIn).focus()
}
