// What the visitor thinks of a chat that has ended: rated with a click, and changed or withdrawn for as long as the form is there.

const form = document.getElementById('rating')
const { value: choices, comment } = form.elements

/** `chat` says which one is on the page, `tell` what went wrong. */
export function offerRating(sdk, chat, tell) {
  const fail = () => tell('Your rating is not saved. Try again when you are connected.')
  const rate = () => sdk.sendRating(chat(), { value: choices.value, ...(comment.value && { comment: comment.value }) }).catch(fail)
  for (const choice of choices) choice.onchange = rate
  form.onsubmit = (submitted) => {
    submitted.preventDefault()
    rate()
  }
  form.onreset = () => {
    sdk.cancelRate(chat()).catch(fail)
    choices[0].focus()
  }
}

/** Null when there is none. What is being typed stays. */
export function showRating(rating) {
  for (const choice of choices) choice.checked = choice.value === rating?.value
  if (comment !== document.activeElement) comment.value = rating?.comment ?? ''
}
